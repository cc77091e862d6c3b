//! What happens to a request before it is routed: rules of `bff.toml`, `proxy.rs`, static files.

mod rules;
mod service;

pub(crate) use self::service::Pipeline;

pub use self::rules::{HeaderRule, RedirectRule, RewriteRule, Rules, TrailingSlash};
