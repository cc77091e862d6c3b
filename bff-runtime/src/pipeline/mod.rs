//! What happens to a request before it is routed: rules of `bff.toml`, `proxy.rs`, static files.

mod rules;

pub use self::rules::{HeaderRule, RedirectRule, RewriteRule, Rules, TrailingSlash};
