//! Backends for frontends by files, plain axum underneath.
//!
//! A folder is a URL, a function in its `route.rs` is a handler, and [`app!`] makes an ordinary
//! [`axum::Router`] of them at build time:
//!
//! ```text
//! src/main.rs                     bff::app!();
//! app/route.rs                    /
//! app/posts/[id]/route.rs         /posts/7
//! app/files/[...path]/route.rs    /files/a/b
//! ```
//!
//! A handler is an async function. An argument named after a segment in brackets is that param; every other
//! argument is an axum extractor:
//!
//! ```text
//! // app/posts/[id]/route.rs
//! use bff::{Json, OptionExt, Result, State, get};
//!
//! #[get]
//! async fn show(id: u64, State(db): State<Db>) -> Result<Json<Post>> {
//!     Ok(Json(db.post(id).await?.or_404("no such post")?))
//! }
//! ```
//!
//! The root has what nearly every route file needs; the rest is in modules named for what they do.
//!
//! | for | look at |
//! |---|---|
//! | the app | [`app!`], [`serve`], [`routing`] |
//! | handlers | [`get`](macro@get) and its siblings, [`route`], [`Handler`] |
//! | requests | [`RequestExt`], [`Query`], [`Form`], [`request`] |
//! | checks of what is sent | [`Valid`], [`valid`] |
//! | answers | [`Json`], [`response`] |
//! | answers that are kept | [`cache`] |
//! | cookies | [`cookies`] |
//! | who is signed in | [`session`], and `password` with the feature of that name |
//! | work for later, or for sure | [`after()`], [`shield()`] |
//! | previews of what is not published | [`draft`] |
//! | logs and measurements | [`instrumentation`], [`request_id`], [`server_timing`] |
//! | files for crawlers and browsers | [`metadata`] |
//! | files below `pages/api` | [`api`], [`pages`] |
//! | icons, sitemaps, `robots.txt`, the manifest | [`metadata`] |
//! | services behind the app | [`upstream`] |
//! | messages of other services, checked | [`webhook`] |
//! | what runs before every route | [`mod@proxy`] |
//! | errors | [`Result`], [`Error`], [`Problem`], [`OptionExt`] |
//! | what several instances share | `redis`, with the feature of that name |
//! | sockets | `ws`, with the feature of that name |
//! | tokens of others | `jwt`, with the feature of that name |
//! | pictures that are drawn for a link | `og`, with the feature of that name |
//! | configuration, secrets | [`mod@env`], [`Secret`] |
//! | tests | [`testing`], [`mod@explain`] |
//! | files for a host that serves nothing else | [`mod@export`] |
//!
//! Invariant: this crate never reads the app folder; what it serves was decided when the app was compiled.

mod after;
mod appeared;
pub mod cache;
pub mod cookies;
#[doc(hidden)]
pub mod cors;
#[doc(hidden)]
pub mod csrf;
pub mod draft;
mod ending;
pub mod env;
pub mod error;
pub mod explain;
pub mod export;
pub mod handler;
pub mod instrumentation;
#[cfg(feature = "jwt")]
pub mod jwt;
#[doc(hidden)]
pub mod matching;
pub mod metadata;
mod observe;
#[cfg(feature = "og")]
pub mod og;
mod overheard;
pub mod pages;
#[cfg(feature = "password")]
pub mod password;
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod policy;
#[cfg(any(feature = "og", feature = "password"))]
mod pool;
pub mod proxy;
#[doc(hidden)]
pub mod public;
#[doc(hidden)]
pub mod rate_limit;
#[cfg(feature = "redis")]
pub mod redis;
pub mod request;
pub mod request_id;
pub mod response;
pub mod routing;
mod scope;
mod secret;
#[doc(hidden)]
pub mod security_headers;
pub mod server;
pub mod server_timing;
pub mod session;
mod start;
pub mod testing;
#[cfg(feature = "tls")]
mod tls;
#[cfg(feature = "upstream")]
pub mod upstream;
#[cfg(not(feature = "upstream"))]
mod upstream_disabled;
pub mod valid;
pub mod webhook;

#[cfg(feature = "ws")]
pub mod ws;

#[doc(hidden)]
pub mod __private;

#[cfg(test)]
mod fuzz;

pub use axum;
pub use http;

#[doc(no_inline)]
pub use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};

#[doc(inline)]
pub use crate::{
    after::{after, shield},
    error::{Error, OptionExt, Problem, Result},
    explain::explain,
    handler::Handler,
    request::{Form, Query, RequestExt},
    response::{Json, ResponseExt},
    routing::Route,
    secret::Secret,
    server::serve,
    valid::Valid,
};

#[doc = include_str!("../docs/app.md")]
pub use bff_macros::app;

#[doc = include_str!("../docs/handler.md")]
pub use bff_macros::get;

/// Answers POST; see [`get`](macro@get) for what a handler is.
pub use bff_macros::post;

/// Answers PUT; see [`get`](macro@get) for what a handler is.
pub use bff_macros::put;

/// Answers PATCH; see [`get`](macro@get) for what a handler is.
pub use bff_macros::patch;

/// Answers DELETE; see [`get`](macro@get) for what a handler is.
pub use bff_macros::delete;

/// Answers HEAD itself, where the automatic HEAD of GET will not do; see [`get`](macro@get).
pub use bff_macros::head;

/// Answers OPTIONS itself, without the automatic `Allow`; see [`get`](macro@get).
pub use bff_macros::options;

#[doc = include_str!("../docs/proxy.md")]
pub use bff_macros::proxy;

/// Answers every method of a file below `pages/api`; see [`pages`].
///
/// There is one in a file. Its arguments and its result are those of any handler; see [`get`](macro@get).
pub use bff_macros::api;

#[doc = include_str!("../docs/static_params.md")]
pub use bff_macros::static_params;

/// Answers the methods it names: `#[route(GET, POST)]`, registered ones as words, any other as a string:
/// `#[route(PROPFIND, "M-SEARCH")]`; see [`get`](macro@get) for what a handler is.
///
/// TRACE and CONNECT cannot be routed.
pub use bff_macros::route;
