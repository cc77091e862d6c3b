use std::fmt;

/// Why nothing was revalidated.
///
/// As an error of a handler it is a 500, or 503 when the shared store cannot be reached. A handler that was told the tag
/// or path by its client answers 400 when [`is_invalid`](Self::is_invalid).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheError(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Invalid(String),
    #[cfg(any(test, feature = "redis"))]
    Away(String),
}

impl CacheError {
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self(Kind::Invalid(message.into()))
    }

    /// The store that instances share cannot be reached.
    #[cfg(any(test, feature = "redis"))]
    pub(crate) fn away(message: impl Into<String>) -> Self {
        Self(Kind::Away(message.into()))
    }

    /// True when the tag or the path cannot be one (RH-302, RH-304).
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let error = bff::cache::revalidate_path("posts").await.unwrap_err();
    /// assert!(error.is_invalid());
    /// assert_eq!(error.to_string(), "`posts` is no path: it does not begin with `/`");
    /// # });
    /// ```
    pub fn is_invalid(&self) -> bool {
        matches!(self.0, Kind::Invalid(_))
    }
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Invalid(message) => f.write_str(message),
            #[cfg(any(test, feature = "redis"))]
            Kind::Away(message) => write!(f, "the shared store cannot be reached: {message}"),
        }
    }
}

impl std::error::Error for CacheError {}
