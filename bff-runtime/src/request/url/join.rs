//! References to other URLs of the same app, also those that a client has sent.

use http::StatusCode;

use super::{Url, encode};
use crate::{Problem, Result, request::forwarded::Origin, routing::canonical};

impl Url {
    /// The URL that a reference means, seen from here (RFC 3986 section 5): a path of the app, one relative to
    /// this URL, a query, or a whole URL of the same origin below the base path.
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let mut request = Request::new(Body::empty());
    /// # *request.uri_mut() = "/posts/7".parse().unwrap();
    /// # let url = request.url();
    /// assert_eq!(url.join("/login?from=/posts")?.href(), "http://localhost/login?from=/posts");
    /// assert_eq!(url.join("8")?.path(), "/posts/8");
    /// assert_eq!(url.join("../../..")?.path(), "/");
    /// assert_eq!(url.join("https://evil.example").unwrap_err().status(), 400);
    /// assert_eq!(url.join("//evil.example").unwrap_err().status(), 400);
    /// # Ok::<(), bff::Error>(())
    /// ```
    ///
    /// The result never leaves the origin and never the base path, so the reference may be the client's: the
    /// target of a login, for example.
    ///
    /// # Errors
    /// 400 when it would leave them, and when it has a control character or a backslash, which browsers drop or
    /// take for a slash.
    pub fn join(&self, reference: &str) -> Result<Self> {
        self.resolve(reference).ok_or_else(|| {
            Problem::new(StatusCode::BAD_REQUEST).detail("the URL is not one of this site").into()
        })
    }

    fn resolve(&self, reference: &str) -> Option<Self> {
        if reference.bytes().any(|byte| byte.is_ascii_control() || byte == b'\\') {
            return None;
        }
        let (rest, fragment) = split(reference, '#');
        let (rest, query) = split(rest, '?');
        let path = match rest.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => self.own_path(scheme, rest)?,
            _ if rest.starts_with("//") => return None,
            _ if rest.starts_with('/') => rest.to_owned(),
            _ if rest.is_empty() => self.path().to_owned(),
            _ => {
                let folder = self.path().rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{folder}/{rest}")
            }
        };
        let query = match query {
            None if rest.is_empty() => self.raw_query().map(Into::into),
            query => query.map(encode::query),
        };
        let fragment = fragment.map(encode::query);
        Some(self.inside(&encode::path(&path), query.as_deref(), fragment.as_deref()))
    }

    /// The path inside the app of an absolute URL, when it is a URL of the app.
    fn own_path(&self, scheme: &str, rest: &str) -> Option<String> {
        let rest = rest.strip_prefix("//")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let origin: Origin = format!("{scheme}://{authority}").parse().ok()?;
        if origin != *self.origin() {
            return None;
        }
        let path = canonical(path).unwrap_or_else(|| path.to_owned());
        let inside = path.strip_prefix(self.base_path())?;
        (inside.is_empty() || inside.starts_with('/')).then(|| inside.to_owned())
    }
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(text, rest)| (text, Some(rest)))
}

/// RFC 3986 section 3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}
