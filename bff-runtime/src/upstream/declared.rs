use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

use http::Method;

use super::{
    call::Call, error::UndeclaredError, passage::Passage, target::Target, timeouts::Timeouts,
    url::Place,
};
use crate::{env, scope};

/// A service behind the app, declared in the source: requests can be sent there and nowhere else.
///
/// ```
/// use bff::upstream::Upstream;
///
/// static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
/// static LEGACY: Upstream = Upstream::new("http://legacy.internal:8080/api");
/// ```
///
/// The URL is read when the upstream is first used, and once. It is `http`, or `https` with the feature `tls`; it
/// may have a path, and has neither a user, nor a query, nor a fragment. [`check`](Self::check) in `main` finds a
/// missing variable before the first request does.
///
/// It holds the connections to the service and is as good in a `static` as in the app's state; a clone shares
/// them.
pub struct Upstream {
    source: Source,
    timeouts: Timeouts,
    http2: bool,
    target: OnceLock<Result<Arc<Target>, UndeclaredError>>,
}

#[derive(Clone)]
enum Source {
    /// The name, and what stands for the URL when it is not set or empty.
    Variable(&'static str, Option<&'static str>),
    Url(Cow<'static, str>),
}

impl Upstream {
    /// The upstream whose URL is in this environment variable, or in a `.env` file.
    pub const fn from_env(name: &'static str) -> Self {
        Self::of(Source::Variable(name, None))
    }

    /// The same with a URL for where the variable is not set, or empty.
    ///
    /// ```
    /// use bff::upstream::Upstream;
    ///
    /// static SEARCH: Upstream = Upstream::from_env_or("SEARCH_URL", "http://localhost:9200");
    /// ```
    pub const fn from_env_or(name: &'static str, url: &'static str) -> Self {
        Self::of(Source::Variable(name, Some(url)))
    }

    /// The upstream at this URL.
    pub const fn new(url: &'static str) -> Self {
        Self::of(Source::Url(Cow::Borrowed(url)))
    }

    /// The upstream at a URL that is known when the program starts, from a configuration of its own.
    ///
    /// ```
    /// use bff::upstream::Upstream;
    ///
    /// let upstream = Upstream::at_start(format!("http://127.0.0.1:{}", 8080))?;
    /// # Ok::<(), bff::upstream::UndeclaredError>(())
    /// ```
    ///
    /// # Errors
    /// When the URL cannot be that of an upstream, and always while a handler runs: a destination that depends
    /// on a request is what declarations are there to prevent.
    pub fn at_start(url: impl Into<String>) -> Result<Self, UndeclaredError> {
        if scope::current().is_some() {
            return Err(UndeclaredError::url(None, "is made by a handler; declare it at start"));
        }
        let url = url.into();
        Place::parse(&url).map_err(|why| UndeclaredError::url(None, why))?;
        Ok(Self::of(Source::Url(Cow::Owned(url))))
    }

    const fn of(source: Source) -> Self {
        Self { source, timeouts: Timeouts::DEFAULT, http2: false, target: OnceLock::new() }
    }

    /// How long this upstream may take. To be said where it is declared: it has no effect after the first use.
    #[must_use]
    pub const fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Speaks HTTP/2 from the first byte, as the upstream is known to. A WebSocket cannot be forwarded to it.
    ///
    /// Without it HTTP/1.1 is spoken, and with `https` whichever the two sides agree on. To be said where the
    /// upstream is declared, as [`timeouts`](Self::timeouts).
    #[must_use]
    pub const fn http2(mut self) -> Self {
        self.http2 = true;
        self
    }

    /// Reads the declaration now.
    ///
    /// ```
    /// use bff::upstream::Upstream;
    ///
    /// static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
    ///
    /// fn main() -> bff::Result {
    /// #   return Ok(());
    ///     CATALOG.check()?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// When the variable is missing, or the URL is not one of an upstream. The error names the variable.
    pub fn check(&self) -> Result<(), UndeclaredError> {
        self.target().map(|_| ())
    }

    /// The same, with the timeouts and the protocol of another.
    #[must_use]
    pub(crate) fn asked_as(self, other: &Self) -> Self {
        Self { timeouts: other.timeouts, http2: other.http2, ..self }
    }

    /// True when it has the timeouts and the protocol of another.
    pub(crate) fn is_asked_as(&self, other: &Self) -> bool {
        self.timeouts == other.timeouts && self.http2 == other.http2
    }

    pub(super) fn declared_timeouts(&self) -> Timeouts {
        self.timeouts
    }

    pub(super) fn target(&self) -> Result<&Arc<Target>, UndeclaredError> {
        let target = self.target.get_or_init(|| {
            let (name, url) = match &self.source {
                Source::Variable(name, default) => {
                    let value = match (env::var(name), default) {
                        (Ok(value), Some(default)) if value.is_empty() => (*default).into(),
                        (Err(error), Some(default)) if error.is_missing() => (*default).into(),
                        (value, _) => value.map_err(UndeclaredError::variable)?.into(),
                    };
                    (Some(*name), value)
                }
                Source::Url(url) => (None, url.clone()),
            };
            Place::parse(&url)
                .and_then(|place| Target::new(place, &self.timeouts, self.http2))
                .map_err(|why| UndeclaredError::url(name, why))
        });
        target.as_ref().map_err(Clone::clone)
    }

    /// The way here for a proxy, as the target of [`proxy::rewrite`](crate::proxy::rewrite).
    pub fn passage(&self) -> Passage {
        Passage::to(self)
    }

    /// A GET request for this path below the upstream's own.
    ///
    /// What stands in the path is taken as it is, so a value goes through [`segment`](super::segment()).
    pub fn get(&self, path: impl Into<String>) -> Call<'_> {
        self.request(Method::GET, path)
    }

    /// A POST request; see [`get`](Self::get).
    pub fn post(&self, path: impl Into<String>) -> Call<'_> {
        self.request(Method::POST, path)
    }

    /// A PUT request; see [`get`](Self::get).
    pub fn put(&self, path: impl Into<String>) -> Call<'_> {
        self.request(Method::PUT, path)
    }

    /// A PATCH request; see [`get`](Self::get).
    pub fn patch(&self, path: impl Into<String>) -> Call<'_> {
        self.request(Method::PATCH, path)
    }

    /// A DELETE request; see [`get`](Self::get).
    pub fn delete(&self, path: impl Into<String>) -> Call<'_> {
        self.request(Method::DELETE, path)
    }

    /// A request of any method; see [`get`](Self::get).
    pub fn request(&self, method: Method, path: impl Into<String>) -> Call<'_> {
        Call::new(self, method, path.into())
    }
}

impl Clone for Upstream {
    fn clone(&self) -> Self {
        // Resolved first, so that all clones share one set of connections.
        let _ = self.target();
        Self {
            source: self.source.clone(),
            timeouts: self.timeouts,
            http2: self.http2,
            target: self.target.clone(),
        }
    }
}

/// Without the URL, which may say more about a network than a log should.
impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut upstream = f.debug_struct("Upstream");
        if let Source::Variable(name, _) = self.source {
            upstream.field("variable", &name);
        }
        upstream.finish_non_exhaustive()
    }
}
