//! What happens to a request before it is routed: rules of `bff.toml`, `proxy.rs`, static files.

mod rules;

pub use self::rules::{
    HeaderRule, HeaderTemplates, RedirectRule, RewriteRule, Rules, TrailingSlash,
};
