use std::fmt;

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use super::target::RewriteTarget;
#[cfg(feature = "upstream")]
use crate::upstream::Passage;
use crate::{cookies::Cookie, response::Redirect};

/// What becomes of a request: the result of a proxy that decides first.
///
/// It is made by [`next`], [`rewrite`], [`redirect`] and [`respond`]; what the builder adds to it never changes
/// which of them it is.
///
/// ```
/// use bff::{cookies::Cookie, proxy};
///
/// let decided = proxy::next()
///     .request_header("x-user", "7")
///     .remove_request_header("x-debug")
///     .response_header("x-served-by", "bff")
///     .cookie(Cookie::new("seen", "1")?);
/// # Ok::<(), bff::cookies::CookieError>(())
/// ```
///
/// # Errors
/// A name or value that no header can have, and a header that belongs to the connection, is a mistake of the
/// program: the client gets a 500, no handler runs, and the log has the reason (PX-57).
#[must_use = "a proxy returns it"]
pub struct Proxied {
    pub(super) decision: Decision,
    pub(super) request: Vec<RequestEdit>,
    pub(super) response: Vec<ResponseEdit>,
    pub(super) cookies: Vec<Cookie>,
    /// The first thing that cannot be done.
    pub(super) mistake: Option<String>,
}

/// Which of the four it is. Public in a private module, because a sealed trait names it.
#[derive(Debug)]
pub enum Decision {
    Next,
    Rewrite(Uri),
    #[cfg(feature = "upstream")]
    Forward(Box<Passage>),
    Redirect(Redirect),
    Respond(Box<Response>),
}

/// A change of the request that the handler gets, in the order in which it was asked for.
pub(super) enum RequestEdit {
    Set(HeaderName, HeaderValue),
    Remove(HeaderName),
    /// Everything but what frames the message.
    Replace(HeaderMap),
}

/// A header for the response.
pub(super) struct ResponseEdit {
    pub(super) name: HeaderName,
    pub(super) value: HeaderValue,
    pub(super) how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Unless the handler has it.
    Default,
    /// Instead of the handler's.
    Override,
    /// Beside the handler's.
    Append,
}

/// The request goes on to its route (PX-48).
pub fn next() -> Proxied {
    Proxied::new(Decision::Next)
}

/// Something else answers, with the method and the body of this request: another path of the app (PX-70), or an
/// upstream (PX-75).
///
/// A path of the app is a text with a query or without: `/maintenance`, `/v2/posts?page=1`, or a
/// [`Url`](crate::request::Url). The query of the request
/// is not taken over (PX-73). The proxy does not run again. The handler sees the target, and with
/// [`RequestExt::url`](crate::RequestExt::url) what the client sent (PX-72). What a path cannot hold is encoded,
/// and dot segments are resolved; anything that is no path of the app, `https://…` or `//…`, is a mistake of the
/// program and answered with 500.
///
/// ```
/// use bff::{proxy, upstream::Upstream};
///
/// static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
///
/// let maintenance = proxy::rewrite("/maintenance");
/// let same_path_there = proxy::rewrite(&CATALOG);
/// let below = proxy::rewrite(CATALOG.passage().strip_prefix("/catalog"));
/// ```
///
/// An [`Upstream`](crate::upstream::Upstream) is declared in the source, so no request chooses where it goes (PX-93).
/// It gets the request as [`forward`](crate::upstream::forward()) sends it, path and query as the client sent them, with
/// what the builder sets of the request's headers; both bodies are streamed. Response headers and cookies of the
/// builder go to the client alone (PX-49, RW-32). A failure of the upstream is a 502, or a 504 when it took too long
/// (PX-77).
pub fn rewrite(target: impl RewriteTarget) -> Proxied {
    match target.decision() {
        Ok(decision) => Proxied::new(decision),
        Err(mistake) => {
            let mut proxied = next();
            proxied.mistake = Some(mistake);
            proxied
        }
    }
}

/// The client is sent elsewhere for now, 307 (PX-44): a path of the app or a URL, as for
/// [`response::redirect`](crate::response::redirect). The body is the location (PX-45).
///
/// Any [`Redirect`] becomes a [`Proxied`] by `into()`, for other statuses.
pub fn redirect(location: impl AsRef<str>) -> Proxied {
    crate::response::redirect(location).into()
}

/// The same for good, 308.
pub fn permanent_redirect(location: impl AsRef<str>) -> Proxied {
    crate::response::permanent_redirect(location).into()
}

/// The client is sent elsewhere with GET, 303.
pub fn see_other(location: impl AsRef<str>) -> Proxied {
    crate::response::see_other(location).into()
}

/// This is the answer; no handler runs (PX-42).
///
/// ```
/// use bff::{http::StatusCode, proxy};
///
/// let decided = proxy::respond((StatusCode::SERVICE_UNAVAILABLE, "back soon"));
/// ```
pub fn respond(response: impl IntoResponse) -> Proxied {
    Proxied::new(Decision::Respond(Box::new(response.into_response())))
}

impl From<Redirect> for Proxied {
    fn from(redirect: Redirect) -> Self {
        Self::new(Decision::Redirect(redirect))
    }
}

impl Proxied {
    fn new(decision: Decision) -> Self {
        Self {
            decision,
            request: Vec::new(),
            response: Vec::new(),
            cookies: Vec::new(),
            mistake: None,
        }
    }

    /// Sets a header of the request that the handler gets, instead of all lines of its name (PX-50). The client
    /// never sees it.
    pub fn request_header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        if let Some((name, value)) = self.header(name, value) {
            self.request.push(RequestEdit::Set(name, value));
        }
        self
    }

    /// Takes a header from the request that the handler gets.
    pub fn remove_request_header<N: TryInto<HeaderName>>(mut self, name: N) -> Self {
        match name.try_into() {
            Ok(name) if !belongs_to_the_connection(&name) => {
                self.request.push(RequestEdit::Remove(name));
            }
            Ok(name) => self.refuse(&name),
            Err(_) => self.wrong("a header name that cannot be"),
        }
        self
    }

    /// The headers of the request that the handler gets: these and no others (PX-50). An empty map leaves none
    /// (PX-52).
    ///
    /// What belongs to the connection or frames the body stays as it is, whatever the map has of it.
    pub fn request_headers(mut self, headers: HeaderMap) -> Self {
        self.request.push(RequestEdit::Replace(headers));
        self
    }

    /// Sets a header of the response, unless the handler sets one of this name (PL-12). `Set-Cookie`, `Vary`,
    /// `WWW-Authenticate` and `Proxy-Authenticate` are added to the handler's.
    pub fn response_header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.edit_response(name, value, How::Default)
    }

    /// Sets a header of the response, instead of what the handler has of this name.
    pub fn override_response_header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.edit_response(name, value, How::Override)
    }

    /// Adds a header to the response, beside what the handler has of this name.
    pub fn append_response_header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.edit_response(name, value, How::Append)
    }

    /// Sets a cookie of the client, which the handler finds in its request already (PX-65).
    pub fn cookie(mut self, cookie: Cookie) -> Self {
        self.cookies.push(cookie);
        self
    }

    fn edit_response<N, V>(mut self, name: N, value: V, how: How) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        if let Some((name, value)) = self.header(name, value) {
            self.response.push(ResponseEdit { name, value, how });
        }
        self
    }

    fn header<N, V>(&mut self, name: N, value: V) -> Option<(HeaderName, HeaderValue)>
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) if !belongs_to_the_connection(&name) => {
                return Some((name, value));
            }
            (Ok(name), Ok(_)) => self.refuse(&name),
            (Ok(name), Err(_)) => self.wrong(format!("a value that `{name}` cannot have")),
            (Err(_), _) => self.wrong("a header name that cannot be"),
        }
        None
    }

    fn refuse(&mut self, name: &HeaderName) {
        self.wrong(format!("`{name}`, which belongs to the connection"));
    }

    fn wrong(&mut self, mistake: impl Into<String>) {
        self.mistake.get_or_insert(mistake.into());
    }
}

/// Headers that say how a message is carried (RFC 9110 section 7.6.1, RFC 9112 section 6). Changed by hand they
/// make two readers of one message disagree about where it ends.
pub(super) fn belongs_to_the_connection(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "connection"
            | "content-length"
            | "keep-alive"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}

impl fmt::Debug for Proxied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.decision {
            Decision::Next => "Proxied::Next",
            Decision::Rewrite(_) => "Proxied::Rewrite",
            #[cfg(feature = "upstream")]
            Decision::Forward(_) => "Proxied::Forward",
            Decision::Redirect(_) => "Proxied::Redirect",
            Decision::Respond(_) => "Proxied::Respond",
        })
    }
}
