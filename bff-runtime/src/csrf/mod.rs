//! CSRF: whether a page of another site has made a browser send a request (OWASP ASVS 3.5.1 to 3.5.3).
//!
//! A browser sends the cookies of this site with what any page asks of it. But it also says who asks, in headers that
//! no page can set: `Sec-Fetch-Site` (Fetch Metadata, section 2.3), and `Origin` (Fetch section 3.1). So there is no
//! token to hand out, to keep, or to forget in a form.
//!
//! | request | |
//! |---|---|
//! | GET, HEAD, OPTIONS, TRACE | let in: they change nothing |
//! | without a `Cookie` | let in: whoever sends it, the user lends it nothing |
//! | `Sec-Fetch-Site: same-origin`, `none` | let in: a page of this app, or the user |
//! | its `Origin` is trusted | let in |
//! | any other `Sec-Fetch-Site` | 403 |
//! | no `Sec-Fetch-Site`, its `Origin` is the app's own | let in |
//! | no `Sec-Fetch-Site`, any other `Origin`, `null` too | 403 |
//! | neither | let in: no browser |
//!
//! Trusted are the origins that the policy lists, and those that the CORS policy lets send cookies. What a header says
//! about the method counts for nothing. QUERY is checked: whether what answers it changes nothing is not known here,
//! and no browser sends it across origins unasked.

mod check;
mod data;

#[cfg(test)]
mod tests;

pub use self::data::Csrf;

pub(crate) use self::check::check;
