use std::time::{Duration, SystemTime};

use bff::{
    get,
    metadata::{SecurityContact, SecurityTxt},
};

/// An app that runs is an app that is looked after; its word counts for a month.
const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Whom to tell of a weakness (RFC 9116).
#[get]
fn security() -> SecurityTxt {
    SecurityTxt::new(SecurityContact::email("security@example.com"), SystemTime::now() + MONTH)
        .preferred_languages(["en"])
}
