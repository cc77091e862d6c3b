//! Cookies: what the client sent, what the response sets, and values that only this server can write.
//!
//! [`Cookies`] is an extractor. It reads the cookies of the request and collects those of the response, which
//! then carries one `Set-Cookie` line for each; what was set is read back in the same request.
//!
//! ```
//! use bff::cookies::{Cookie, Cookies};
//! use std::time::Duration;
//!
//! async fn visit(cookies: Cookies) -> bff::Result<String> {
//!     let visits = cookies.get("visits").and_then(|it| it.parse().ok()).unwrap_or(0u32) + 1;
//!     cookies
//!         .set(
//!             Cookie::build("visits", visits.to_string())
//!                 .max_age(Duration::from_secs(86_400))
//!                 .http_only(true)
//!                 .build()?,
//!         )
//!         .delete("seen");
//!     Ok(format!("visit {visits}"))
//! }
//! ```
//!
//! | for | look at |
//! |---|---|
//! | reading and setting in a handler | [`Cookies`] |
//! | one cookie with its attributes | [`Cookie`], [`CookieBuilder`] |
//! | values the client must not forge | [`SignedCookies`] |
//! | values the client must not read either | [`EncryptedCookies`] |
//! | the keys of both | [`KeyRing`] |
//! | the `Set-Cookie` lines of a response in hand | [`ResponseCookies`] |
//!
//! # What is checked
//!
//! A cookie that a browser would drop without a word is an error here, when it is built: a name that is no
//! token, a line that is too large, `SameSite=None` or `Partitioned` without `Secure`, a `__Host-` or
//! `__Secure-` name without what it promises. The value may be any text; it is percent-encoded on the way out
//! and decoded on the way in.
//!
//! # Not to be confused with
//!
//! [Sessions](crate::session): a cookie is kept by the client, who can read it, keep it after it was deleted and send
//! it again. A signature says who wrote a value, not that it is still meant.
//!
//! Rules are cited from RFC 6265bis (draft-ietf-httpbis-rfc6265bis-22), the successor of RFC 6265.
//!
//! Invariant: this module reads and writes the `Cookie` and `Set-Cookie` headers and no other, and no value of
//! a cookie and no key is ever in a log, an error or a `Debug` text.

mod accessors;
mod attributes;
mod builder;
mod commit;
mod cookie;
mod cookie_error;
mod date;
mod encrypted;
mod extract;
mod key_error;
mod key_text;
mod keys;
mod name;
mod parse;
mod request;
mod response;
mod rules;
mod sealed;
mod set;
mod signed;
mod state;
mod store;
mod value;

pub(crate) use self::request::{cookie_pairs, cookie_text, cookie_value, sole_cookie_value};

pub use self::{
    attributes::{Priority, SameSite},
    builder::CookieBuilder,
    cookie::Cookie,
    cookie_error::CookieError,
    encrypted::EncryptedCookies,
    key_error::KeyError,
    keys::KeyRing,
    response::{ResponseCookies, ResponseCookiesExt},
    signed::SignedCookies,
    store::Cookies,
};

#[cfg(test)]
mod tests;
