//! Where a client may be sent back to: the target of a login, of a form, of a consent.

use std::borrow::Cow;

use http::StatusCode;
use percent_encoding::percent_decode_str;

use super::{Url, encode};
use crate::{Problem, Result, request::forwarded::Origin};

/// A target that a client has named, on its way to being known as harmless; made by [`Url::callback`].
///
/// Nothing of it can be used before it is one of these: a path of this app, or a URL of an origin on the list.
#[derive(Clone, Debug)]
#[must_use = "a callback is nothing before `or` or `or_400`"]
pub struct Callback<'a> {
    url: &'a Url,
    text: Option<Cow<'a, str>>,
    allowed: &'a [Origin],
}

/// No page that somebody comes back to has a longer URL.
const LONGEST: usize = 2048;

/// How often a path may have been encoded. What still changes after that is meant to deceive.
const DEPTH: usize = 4;

impl Url {
    /// Where the client asks to be sent to, in this parameter of the query: `?next=/settings`.
    ///
    /// ```
    /// use bff::{request::Url, response::{Redirect, see_other}};
    ///
    /// // #[post] in a route file
    /// async fn login(url: Url) -> Redirect {
    ///     see_other(url.callback("next").or("/"))
    /// }
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let mut request = Request::new(Body::empty());
    /// # *request.uri_mut() = "/login?next=/settings?tab=2&bad=//evil.example".parse().unwrap();
    /// # let url = request.url();
    /// assert_eq!(url.callback("next").or("/"), "/settings?tab=2");
    /// assert_eq!(url.callback("bad").or("/"), "/");
    /// assert_eq!(url.callback("none").or("/home"), "/home");
    /// ```
    ///
    /// What comes out is a path of this app, to which a redirect adds the prefix that the app is nested below, or a
    /// URL of an origin that was [allowed](Callback::allow). It is compared as parsed, never as text (security class
    /// 18). A URL of this origin becomes its path, so that a `Host` header that somebody made up leads nowhere.
    ///
    /// Refused is what two readers could understand in two ways: anything that is no path from the root and no `http`
    /// or `https` URL; user information; empty segments and dot segments; slashes, backslashes and control characters
    /// in a path, also encoded and also several times; letters that are made slashes, dots or colons of; more than
    /// 2,048 bytes; a parameter that is there twice. The query and the fragment of a target are its own business.
    ///
    /// Not to be confused with [`join`](Self::join), which resolves any reference, also a relative one.
    #[doc(alias = "open redirect")]
    pub fn callback(&self, name: &str) -> Callback<'_> {
        let mut values = self.query().get_all(name);
        let text = values.next().filter(|_| values.next().is_none());
        Callback { url: self, text, allowed: &[] }
    }

    /// The same for a text that comes from elsewhere: a field of a form, a cookie.
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let request = Request::new(Body::empty());
    /// # let url = request.url();
    /// assert_eq!(url.callback_to("/settings").or("/"), "/settings");
    /// assert_eq!(url.callback_to("https://evil.example").or("/"), "/");
    /// ```
    pub fn callback_to<'a>(&'a self, text: &'a str) -> Callback<'a> {
        Callback { url: self, text: Some(Cow::Borrowed(text)), allowed: &[] }
    }
}

impl<'a> Callback<'a> {
    /// URLs of these origins are taken as well.
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let request = Request::new(Body::empty());
    /// # let url = request.url();
    /// let ours = ["https://shop.example.com".parse()?];
    /// let target = |text: &str| url.callback_to(text).allow(&ours).or("/");
    /// assert_eq!(target("https://shop.example.com/cart"), "https://shop.example.com/cart");
    /// assert_eq!(target("https://shop.example.com.evil.example/cart"), "/");
    /// # Ok::<(), bff::request::InvalidOrigin>(())
    /// ```
    pub fn allow(mut self, origins: &'a [Origin]) -> Self {
        self.allowed = origins;
        self
    }

    /// The target, or this one where there is none that may be used.
    #[must_use]
    pub fn or(&self, default: impl Into<String>) -> String {
        self.target().unwrap_or_else(|| default.into())
    }

    /// The target.
    ///
    /// # Errors
    /// 400 when there is none that may be used (RH-400).
    pub fn or_400(&self) -> Result<String> {
        self.target().ok_or_else(|| {
            Problem::new(StatusCode::BAD_REQUEST).detail("the URL is not one of this site").into()
        })
    }

    fn target(&self) -> Option<String> {
        let text = self.text.as_deref()?;
        if text.len() > LONGEST || text.chars().any(is_never_meant) {
            return None;
        }
        if text.starts_with('/') {
            return path_and_rest(text);
        }
        let (scheme, rest) = text.split_once("://")?;
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let origin: Origin = format!("{scheme}://{authority}").parse().ok()?;
        if origin == *self.url.origin() {
            let inside = rest.strip_prefix(self.url.base_path())?;
            return path_and_rest(&rooted(inside));
        }
        self.allowed.contains(&origin).then_some(())?;
        Some(format!("{origin}{}", path_and_rest(&rooted(rest))?))
    }
}

/// With the slash that a URL without a path stands for. One that begins with anything but a path, a query or a
/// fragment is left as it is, and is no path.
fn rooted(rest: &str) -> Cow<'_, str> {
    if rest.is_empty() || rest.starts_with(['?', '#']) {
        Cow::Owned(format!("/{rest}"))
    } else {
        Cow::Borrowed(rest)
    }
}

/// A path from the root with what follows it, encoded.
fn path_and_rest(text: &str) -> Option<String> {
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    is_plain(path).then(|| format!("{}{}", encode::path(path), encode::rest(rest)))
}

/// Whether everybody understands this path in the same way, however often they decode it.
fn is_plain(path: &str) -> bool {
    let Some(inner) = path.strip_prefix('/') else { return false };
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let n_segments = inner.split('/').count();
    let mut text = Cow::Borrowed(inner);
    for _ in 0..DEPTH {
        let is_odd =
            text.chars().any(|character| is_never_meant(character) || is_like_syntax(character))
                || text.split('/').count() != n_segments
                || !inner.is_empty() && text.split('/').any(is_dots_or_nothing);
        if is_odd {
            return false;
        }
        let Ok(decoded) = percent_decode_str(&text).decode_utf8() else { return false };
        if decoded == text {
            return path != "//";
        }
        text = Cow::Owned(decoded.into_owned());
    }
    false
}

/// Parameters of a segment, as some servers have them, do not hide what it is.
fn is_dots_or_nothing(segment: &str) -> bool {
    matches!(segment.split(';').next(), Some("" | "." | ".."))
}

/// Browsers drop some of these, take a backslash for a slash, and end a line at others.
fn is_never_meant(character: char) -> bool {
    character == '\\' || character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// What compatibility forms (Unicode NFKC), and the mapping of host names (UTS 46), make `/ \ . : @ ? #` of.
fn is_like_syntax(character: char) -> bool {
    matches!(
        character,
        '\u{2024}'
            ..='\u{2026}'
                | '\u{2044}'
                | '\u{2215}'
                | '\u{29f5}'
                | '\u{29f8}'
                | '\u{3002}'
                | '\u{fe52}'
                | '\u{fe55}'
                | '\u{fe5f}'
                | '\u{fe68}'
                | '\u{fe6b}'
                | '\u{ff03}'
                | '\u{ff0e}'
                | '\u{ff0f}'
                | '\u{ff1a}'
                | '\u{ff1f}'
                | '\u{ff20}'
                | '\u{ff3c}'
                | '\u{ff61}'
    )
}
