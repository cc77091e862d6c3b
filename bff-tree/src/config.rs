//! `bff.toml`: what is done with a request before it is routed, as data.
//!
//! Text → TOML with the place of every key and value → [`Config`]. Everything that is wrong is reported at once,
//! at its line and column; nothing is ignored. What needs the routes, such as a rewrite to a path that nothing
//! serves, is found here too, because [`check`](crate::check) reads both.
//!
//! ```
//! use bff_tree::{SourceTree, check};
//!
//! let source = SourceTree::from_fixture(
//!     "//- app/route.rs\n#[get] async fn index() {}\n\
//!      //- bff.toml\n[[redirects]]\nsource = \"/home\"\ndestination = \"/\"\npermanent = true\n",
//! );
//! assert_eq!(check(&source).config.redirects[0].status, 308);
//! ```

mod cache;
mod conditions;
mod cors;
mod csrf;
mod fields;
mod headers;
mod listed;
mod loops;
mod model;
mod page;
mod paths;
mod place;
mod policy;
mod reach;
mod read;
mod redirects;
mod require;
mod rewrites;
mod rule;
mod rules;
mod security_headers;
mod server;
mod shadows;
mod text;
mod unserved;
mod upstreams;

pub use self::{
    model::{
        Config, HeaderRule, Networks, Policy, PolicyRule, RedirectRule, RewriteRule, Rule, Setting,
        TrailingSlash, Upstream, UpstreamUrl,
    },
    reach::Reach,
};
pub(crate) use self::{
    place::{NEAR_MISSES, is_meant, misplaced, of as file_of},
    read::read,
};

/// The file, beside `Cargo.toml`, or beside an app folder that stands elsewhere.
pub(crate) const FILE: &str = "bff.toml";

/// True for the path of such a file.
pub(crate) fn is_config(path: &str) -> bool {
    path.rsplit('/').next() == Some(FILE)
}
