use axum::Router;

use super::Upstream;
use crate::start;

/// What `[upstreams]` of `bff.toml` needs; it is here.
pub const fn declares_upstreams() {}

/// The router of an app with these upstreams, when all of them are somewhere. Otherwise the start fails.
pub fn with_upstreams(router: Router, upstreams: &[(&str, &Upstream)]) -> Router {
    let reasons = nowhere(upstreams);
    if reasons.is_empty() { router } else { start::in_place_of(router, reasons) }
}

fn nowhere(upstreams: &[(&str, &Upstream)]) -> Vec<String> {
    let reasons = upstreams.iter().filter_map(|(name, upstream)| {
        let error = upstream.check().err()?;
        Some(format!("`{name}` of `[upstreams]` in bff.toml: {error}"))
    });
    reasons.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cf_04_an_upstream_that_is_nowhere_is_told_with_the_name_of_its_variable() {
        static FOUND: Upstream = Upstream::from_env_or("BFF_TEST_UNSET_URL", "http://localhost:1");
        static LOST: Upstream = Upstream::from_env("BFF_TEST_UNSET_URL");
        static BAD: Upstream = Upstream::from_env_or("BFF_TEST_UNSET_URL", "ftp://localhost");
        let reasons = nowhere(&[("found", &FOUND), ("lost", &LOST), ("bad", &BAD)]);
        let [lost, bad] = &reasons[..] else { panic!("{reasons:?}") };
        assert!(lost.contains("`lost` of `[upstreams]`"), "{lost}");
        assert!(lost.contains("`BFF_TEST_UNSET_URL`"), "{lost}");
        assert!(bad.contains("`bad`") && !bad.contains("localhost"), "{bad}");
    }
}
