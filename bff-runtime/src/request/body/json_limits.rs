use super::limits::{DEEPEST, DEPTH};

/// What JSON in a body may be like. The number passes, the next one is answered 400.
///
/// The default is a depth of 64; a layer sets another for the routes below it, in the extensions of their requests:
///
/// ```
/// use bff::{axum::{Extension, Router}, request::JsonLimits};
///
/// # let router: Router = Router::new();
/// let router = router.layer(Extension(JsonLimits::new().depth(8)));
/// # let _: Router = router;
/// ```
///
/// How large a body may be is the route's `body_limit`; for forms there are [`FormLimits`](super::FormLimits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonLimits {
    pub(super) depth: usize,
}

impl JsonLimits {
    /// The defaults.
    pub const fn new() -> Self {
        Self { depth: DEPTH }
    }

    /// Levels of arrays and objects in each other: `[]` has one. Members that the type does not have count as well. It
    /// is 127 at most, which is as deep as the parser goes.
    ///
    /// ```
    /// # use bff::request::JsonLimits;
    /// let limits = JsonLimits::new().depth(127);
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub const fn depth(mut self, levels: usize) -> Self {
        self.depth = if levels < DEEPEST { levels } else { DEEPEST };
        self
    }

    /// Those that a layer has set for this request, or the defaults.
    pub(super) fn of(extensions: &http::Extensions) -> Self {
        extensions.get().copied().unwrap_or_default()
    }
}

impl Default for JsonLimits {
    fn default() -> Self {
        Self::new()
    }
}
