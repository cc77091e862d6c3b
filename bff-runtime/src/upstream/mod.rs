//! Upstreams: the services behind the app, which it forwards requests to and asks for data.
//!
//! An [`Upstream`] is declared once, by the name of a variable or by a URL in the source. [`forward`] passes a
//! whole request on and streams the answer back; the methods of [`Upstream`] make requests of the app's own;
//! [`join`] waits for several of them at once.
//!
//! ```no_run
//! use bff::{Json, Request, Response, Result, upstream::{Upstream, forward, segment}};
//!
//! static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
//!
//! // Everything below /shop is answered by the catalog.
//! async fn shop(request: Request) -> Result<Response> {
//!     forward(request, &CATALOG).strip_prefix("/shop").await
//! }
//!
//! async fn product(id: String) -> Result<Json<bff::upstream::Value>> {
//!     let product = CATALOG.get(format!("/products/{}", segment(&id))).send().await?;
//!     Ok(Json(product.success()?.json().await?))
//! }
//! ```
//!
//! A request can never choose where it goes: scheme, host and port are those of the declaration, and the path
//! cannot climb out of the declared one. Redirects of an upstream are answers like any other and are not followed
//! (RH-396). Failures are a 502, or a 504 when the upstream took too long; who and why is for the log alone.
//!
//! RFC 9110 section 3.7 calls an app in this role a gateway. Not to be confused with the `proxy.rs` convention,
//! which decides on requests before routing.
//!
//! With the feature `tls` an upstream can be `https`. Its certificate is checked against the roots of the
//! operating system.

mod cached;
mod call;
mod client;
mod connect;
mod declared;
mod error;
mod forward;
mod forwarded;
mod hop_by_hop;
mod in_config;
mod join;
mod outgoing;
mod partial;
mod passage;
mod path;
mod relay;
mod relayed;
mod reply;
mod request_headers;
mod send;
mod target;
mod terms;
mod timeouts;
#[cfg(feature = "tls")]
mod tls;
mod tunnel;
mod url;
mod via;

pub use self::{
    cached::{CachedCall, CachedReply},
    call::Call,
    declared::Upstream,
    error::{UndeclaredError, UpstreamError},
    forward::{Forward, forward},
    join::{Branch, Join, branch, join},
    partial::Partial,
    passage::Passage,
    path::segment,
    reply::Reply,
    timeouts::Timeouts,
};

#[doc(hidden)]
pub use self::in_config::{declares_upstreams, with_upstreams};

#[doc(no_inline)]
pub use serde_json::Value;

#[cfg(test)]
mod tests;
