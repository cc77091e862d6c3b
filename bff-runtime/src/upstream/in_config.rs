use axum::Router;

use super::Upstream;
use crate::start;

/// What `[upstreams]` of `bff.toml` needs; it is here.
pub const fn declares_upstreams() {}

/// The router of an app with these upstreams, when all of them are somewhere. Otherwise the start fails.
pub fn with_upstreams(router: Router, upstreams: &[(&str, &Upstream)]) -> Router {
    let failures = upstreams.iter().filter_map(|(name, upstream)| {
        let error = upstream.check().err()?;
        Some(format!("`{name}` of `[upstreams]` in bff.toml: {error}"))
    });
    let reasons: Vec<String> = failures.collect();
    if reasons.is_empty() { router } else { start::in_place_of(router, reasons) }
}
