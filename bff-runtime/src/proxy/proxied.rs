use std::fmt;

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use super::edits::{How, RequestEdit, ResponseEdit, belongs_to_the_connection};
#[cfg(feature = "upstream")]
use crate::upstream::Passage;
use crate::{cookies::Cookie, response::Redirect};

/// What becomes of a request: the result of a proxy that decides first.
///
/// It is made by [`next`](super::next()), [`rewrite`](super::rewrite()), [`redirect`](super::redirect()) and
/// [`respond`](super::respond()); what the builder adds to it never changes which of them it is.
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

impl From<Redirect> for Proxied {
    fn from(redirect: Redirect) -> Self {
        Self::new(Decision::Redirect(redirect))
    }
}

impl Proxied {
    pub(super) fn new(decision: Decision) -> Self {
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
