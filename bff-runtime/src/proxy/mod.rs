//! What `proxy.rs` decides: a request goes on, elsewhere, or gets its answer here.
//!
//! `proxy.rs` stands beside the app folder. Its one function has `#[bff::proxy]` and runs before any route is
//! looked for, at most once for a request (PL-04):
//!
//! ```text
//! // proxy.rs
//! use bff::{Request, RequestExt, proxy::{self, Proxied}};
//!
//! #[bff::proxy(matcher = ["/dashboard/:path*", "/account"])]
//! async fn proxy(request: Request) -> bff::Result<Proxied> {
//!     if request.cookies().get("session").is_none() {
//!         return Ok(proxy::redirect(request.url().join("/login")?));
//!     }
//!     Ok(proxy::next().request_header("x-area", "members"))
//! }
//! ```
//!
//! There are two forms.
//!
//! - **Decide first**, as above: the function gets the head of the request, as a [`Request`](crate::Request) whose
//!   body is empty or as extractors, and returns a [`Proxied`]. The body goes through untouched, however large it
//!   is (PX-27).
//! - **Around the handler**: a function with an argument [`Next`] has the whole request, body included, and
//!   returns the response.
//!
//! A plain function that returns `impl` [`Proxy`] is neither: it makes the proxy once, for libraries that bring one.
//!
//! Both fail closed: after an error or a panic the client gets a 500 and no handler runs (PX-85).
//!
//! Control flow is this typed value and nothing else: no header of a request or a response says whether a
//! request goes on (PX-41, PX-91, PX-92).
//!
//! # Cookies
//! There is one rule: a cookie that the proxy sets or deletes, by [`Proxied::cookie`] or with the extractor
//! [`Cookies`](crate::cookies::Cookies), goes out with the response, and what runs next finds it in its request as
//! if the client had sent it (PX-65). When the handler sets the same cookie, the handler's is sent.
//!
//! # What it is not
//! A check here is the first one and not the only one: a matcher that is changed leaves a route unguarded without
//! a word (PX-94). What must not be passed by is checked by the handler, too.

mod carry_out;
mod decisions;
mod edits;
mod entry;
mod extract;
mod next;
mod nominated;
mod proxied;
mod same_text;
mod target;
mod value;

#[cfg(test)]
mod tests;

pub use self::{
    decisions::{next, permanent_redirect, redirect, respond, rewrite, see_other},
    next::Next,
    proxied::Proxied,
    value::{Proxy, decide},
};

pub(crate) use self::{carry_out::is_list, entry::Bound, next::Continue};
#[doc(hidden)]
pub use self::{
    entry::{DecideFuture, ProxyEntry},
    extract::{FromHead, IntoProxied, from_head},
    same_text::same_text,
    target::RewriteTarget,
    value::SharedProxy,
};
