//! A session without a database: an encrypted cookie for a week, renewed by every visit.
//!
//! What it cannot do is to end a session before its time, when the client has kept a copy of the cookie.
//!
//! ```sh
//! cargo run -p patterns --bin session
//! curl -i localhost:3000/session -d name=Ada
//! curl -i localhost:3000/session -H 'Cookie: __Host-session=<the value of Set-Cookie>'
//! ```

use std::time::{Duration, SystemTime};

use bff::{
    Result,
    cookies::{Cookie, Cookies, KeyRing},
};
use serde::{Deserialize, Serialize};

bff::app!(state = KeyRing, dir = "apps/session/app");

const NAME: &str = "__Host-session";
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What the cookie holds.
#[derive(Deserialize, Serialize)]
struct Session {
    user: String,
    /// The cookie's own end is up to the client, so the time stands inside as well.
    expires: SystemTime,
}

impl Session {
    fn read(cookies: &Cookies, keys: &KeyRing) -> Option<Self> {
        let session: Self = serde_json::from_str(&cookies.encrypted(keys).get(NAME)?).ok()?;
        (SystemTime::now() < session.expires).then_some(session)
    }

    /// Begins a session, or lets one go on for a week from now.
    fn write(cookies: &Cookies, keys: &KeyRing, user: &str) -> Result {
        let session = Self { user: user.to_owned(), expires: SystemTime::now() + WEEK };
        let cookie = Cookie::build(NAME, serde_json::to_string(&session)?);
        cookies.encrypted(keys).set(cookie.session().max_age(WEEK).build()?)?;
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result {
    // Without keys of its own every start of the app ends all sessions.
    let keys = match bff::env::var_opt("BFF_KEYS") {
        Some(keys) => keys.parse()?,
        None => KeyRing::random()?,
    };
    bff::serve(app::router(keys)).await
}
