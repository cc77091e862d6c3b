//! What happens to a request before it is routed: rules of `bff.toml`, `proxy.rs`, static files.
//!
//! The order is that of row PL-01:
//!
//! ```text
//! Stages    clean path → headers of bff.toml, put by → trailing slash, redirects → proxy.rs →
//! Routes    rewrites.before → files, exact routes → rewrites.after → routes with params → rewrites.fallback → 404
//! ```
//!
//! `Routes` is all of what comes after the proxy, so a proxy goes on to it, once (PL-04). Every table is walked once,
//! so no rewrite can make a loop (PL-07). A request that no rule concerns is looked up in one index and costs
//! nothing else.

mod answering;
mod base_path;
mod concerned;
#[cfg(feature = "upstream")]
mod elsewhere;
#[cfg(not(feature = "upstream"))]
#[path = "elsewhere_disabled.rs"]
mod elsewhere;
mod entry;
mod explained;
mod front;
mod headers;
mod index;
mod redirects;
mod rewrites;
mod routes;
mod rules;
mod service;
mod tables;
mod trailing_slash;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use self::{headers::DefaultHeaders, redirects::redirect_location, service::Pipeline};

pub use self::{
    elsewhere::other_servers,
    front::Front,
    rules::{HeaderRule, RedirectRule, RewriteRule, Rules, TrailingSlash},
};
