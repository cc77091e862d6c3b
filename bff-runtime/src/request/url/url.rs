use std::{borrow::Cow, convert::Infallible, fmt};

use axum::extract::FromRequestParts;
use http::{Extensions, HeaderMap, Uri, request::Parts};
use percent_encoding::percent_decode_str;

use super::{QueryPairs, sent};
use crate::request::forwarded::{Origin, public_origin};

/// The URL of a request, as the client knows it: public origin, base path, path and query.
///
/// An extractor, and what [`RequestExt::url`](crate::RequestExt::url) gives.
///
/// ```
/// use bff::{request::Url, response::{Redirect, redirect}};
///
/// /// Sends the client to the login, and tells it where the client wanted to go (RH-205).
/// async fn private(url: Url) -> bff::Result<Redirect> {
///     let login = url.join("/login")?.with_query_pair("from", url.path());
///     Ok(redirect(login))
/// }
/// ```
///
/// It shows what the client sent, also below a prefix and after a rewrite (RH-132, RH-138):
///
/// | of `https://example.com/base/posts/7?page=2`, below `/base` | |
/// |---|---|
/// | [`href`](Self::href) | all of it |
/// | [`origin`](Self::origin) | `https://example.com`, see [`PublicOrigin`](crate::request::PublicOrigin) |
/// | [`base_path`](Self::base_path) | `/base` |
/// | [`path`](Self::path) | `/posts/7` |
/// | [`raw_query`](Self::raw_query) | `page=2` |
///
/// It is a value of its own: changing it changes nothing of the request (RH-135). Whatever is changed, its
/// origin stays.
///
/// Not to be confused with [`Uri`], which is what routing has made of the request so far.
#[derive(Clone, Debug)]
pub struct Url {
    origin: Origin,
    /// All of it. The fields below are places in here.
    href: String,
    base: usize,
    path: usize,
    query: usize,
    fragment: usize,
    rewritten: Option<Uri>,
}

impl Url {
    pub(crate) fn new(uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let original = sent::original(uri, extensions);
        let base = sent::before_path(uri, extensions);
        // `OPTIONS *` and `CONNECT` have no path.
        let path = original.path().strip_prefix(base).filter(|path| *path != "*").unwrap_or("");
        let origin = public_origin(uri, headers, extensions);
        let mut url = Self::of(origin, base, path, original.query(), None);
        url.rewritten = (sent::sent(uri, extensions) != uri).then(|| uri.clone());
        url
    }

    pub(super) fn of(
        origin: Origin,
        base: &str,
        path: &str,
        query: Option<&str>,
        fragment: Option<&str>,
    ) -> Self {
        let mut href = origin.to_string();
        let base_at = href.len();
        href.push_str(base);
        let path_at = href.len();
        href.push_str(if base.is_empty() && path.is_empty() { "/" } else { path });
        let query_at = href.len();
        href.extend(query.into_iter().flat_map(|query| ["?", query]));
        let fragment_at = href.len();
        href.extend(fragment.into_iter().flat_map(|fragment| ["#", fragment]));
        let (base, path, query, fragment) = (base_at, path_at, query_at, fragment_at);
        Self { origin, href, base, path, query, fragment, rewritten: None }
    }

    /// The whole URL. A URL of a request has no fragment (RH-131), one that was [joined](Self::join) may.
    pub fn href(&self) -> &str {
        &self.href
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The prefix below which the app is nested, as in `Router::new().nest("/base", app::router())`; empty when
    /// it is not nested.
    pub fn base_path(&self) -> &str {
        self.href[self.base..self.path].trim_end_matches('/')
    }

    /// The path inside the app, after the base path, percent-encoded as it was sent (RH-130).
    pub fn path(&self) -> &str {
        match &self.href[self.path..self.query] {
            "" => "/",
            path => path,
        }
    }

    /// The segments of [`path`](Self::path), decoded. A slash at the end makes none; escapes that are no UTF-8
    /// become U+FFFD.
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let mut request = Request::new(Body::empty());
    /// # *request.uri_mut() = "/a%20b/x%2Fy/".parse().unwrap();
    /// # let url = request.url();
    /// assert_eq!(url.path(), "/a%20b/x%2Fy/");
    /// assert_eq!(url.segments().collect::<Vec<_>>(), ["a b", "x/y"]);
    /// ```
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let path = self.path().trim_start_matches('/');
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments = path.split('/').filter(move |_| !path.is_empty());
        segments.map(|segment| percent_decode_str(segment).decode_utf8_lossy())
    }

    /// The names and values of the query, decoded (RH-129).
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let mut request = Request::new(Body::empty());
    /// # *request.uri_mut() = "/?s=a+b%20c&tag=x&tag=y".parse().unwrap();
    /// # let url = request.url();
    /// assert_eq!(url.query().get("s").as_deref(), Some("a b c"));
    /// assert_eq!(url.query().get_all("tag").collect::<Vec<_>>(), ["x", "y"]);
    /// ```
    pub fn query(&self) -> QueryPairs<'_> {
        QueryPairs::new(self.raw_query().unwrap_or(""))
    }

    /// The query as it was sent, without its question mark.
    pub fn raw_query(&self) -> Option<&str> {
        self.href[self.query..self.fragment].strip_prefix('?')
    }

    /// Where a [rewrite](crate::request::rewrite) has sent the request inside the app, when one has.
    #[must_use]
    pub fn rewritten(&self) -> Option<Self> {
        let uri = self.rewritten.as_ref()?;
        Some(self.inside(uri.path(), uri.query(), None))
    }

    /// This place in the app. Below a prefix the root has no slash of its own: that is the form which axum's
    /// `nest` serves.
    pub(super) fn inside(&self, path: &str, query: Option<&str>, fragment: Option<&str>) -> Self {
        let base = self.base_path();
        let path = if path == "/" && !base.is_empty() { "" } else { path };
        Self::of(self.origin.clone(), base, path, query, fragment)
    }

    pub(super) fn fragment(&self) -> Option<&str> {
        self.href[self.fragment..].strip_prefix('#')
    }
}

impl<S: Sync> FromRequestParts<S> for Url {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::new(&parts.uri, &parts.headers, &parts.extensions))
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.href)
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.href
    }
}

/// URLs are equal when their text is.
impl PartialEq for Url {
    fn eq(&self, other: &Self) -> bool {
        self.href == other.href
    }
}

impl Eq for Url {}
