use super::limits::{FIELD, IN_MEMORY, PART_HEADER_BYTES, PART_HEADERS, PARTS};

/// What a form may hold. Each number passes, the next one is answered 413.
///
/// The defaults are in the table; a layer sets others for the routes below it, in the extensions of their requests:
///
/// | limit | default |
/// |---|---|
/// | [`total`](Self::total) | the route's body limit: 2 MiB, or what its `body_limit` or `DefaultBodyLimit` says |
/// | [`field`](Self::field) | 1 MiB |
/// | [`file`](Self::file) | none of its own |
/// | [`parts`](Self::parts) | 100 |
/// | [`part_headers`](Self::part_headers) | 20 lines, 8 KiB |
/// | [`in_memory`](Self::in_memory) | 64 KiB; what is larger goes to disk |
///
/// ```
/// use bff::{axum::{Extension, Router}, request::FormLimits};
///
/// const MIB: u64 = 1024 * 1024;
///
/// let uploads = FormLimits::new().total(100 * MIB).file(20 * MIB).parts(10);
/// # let router: Router = Router::new();
/// let router = router.layer(Extension(uploads));
/// # let _: Router = router;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormLimits {
    pub(super) total: Option<u64>,
    pub(super) field: u64,
    pub(super) file: u64,
    pub(super) parts: usize,
    pub(super) part_headers: usize,
    pub(super) part_header_bytes: usize,
    pub(super) in_memory: usize,
}

impl FormLimits {
    /// The defaults.
    pub const fn new() -> Self {
        Self {
            total: None,
            field: FIELD,
            file: u64::MAX,
            parts: PARTS,
            part_headers: PART_HEADERS,
            part_header_bytes: PART_HEADER_BYTES,
            in_memory: IN_MEMORY,
        }
    }

    /// Bytes of the whole body, with the lines between the parts. It takes the place of the route's body limit for
    /// forms, so that a route for uploads need not allow JSON of the same size.
    ///
    /// ```
    /// # use bff::request::FormLimits;
    /// let limits = FormLimits::new().total(2 * 1024 * 1024 * 1024);
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub const fn total(mut self, bytes: u64) -> Self {
        self.total = Some(bytes);
        self
    }

    /// Bytes of one part that is not a file.
    ///
    /// ```
    /// # use bff::request::FormLimits;
    /// let limits = FormLimits::new().field(4096);
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub const fn field(mut self, bytes: u64) -> Self {
        self.field = bytes;
        self
    }

    /// Bytes of one file.
    ///
    /// ```
    /// # use bff::request::FormLimits;
    /// let limits = FormLimits::new().file(5 * 1024 * 1024);
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub const fn file(mut self, bytes: u64) -> Self {
        self.file = bytes;
        self
    }

    /// Parts of a multipart body, files or not. A urlencoded form may have ten times as many fields.
    ///
    /// ```
    /// # use bff::request::FormLimits;
    /// let limits = FormLimits::new().parts(3);
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub const fn parts(mut self, number: usize) -> Self {
        self.parts = number;
        self
    }

    /// Header lines of one part, and bytes of all of them with their line breaks.
    ///
    /// ```
    /// # use bff::request::FormLimits;
    /// let limits = FormLimits::new().part_headers(4, 1024);
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub const fn part_headers(mut self, lines: usize, bytes: usize) -> Self {
        self.part_headers = lines;
        self.part_header_bytes = bytes;
        self
    }

    /// Bytes of a file that [`FormData`](super::FormData) keeps in memory. A larger one goes to a temporary file
    /// without a name, which the system removes with the last handle, also after a crash. This is no limit: nothing
    /// is refused.
    ///
    /// ```
    /// # use bff::request::FormLimits;
    /// let limits = FormLimits::new().in_memory(1024 * 1024);
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub const fn in_memory(mut self, bytes: usize) -> Self {
        self.in_memory = bytes;
        self
    }

    /// Those that a layer has set for this request, or the defaults.
    pub(super) fn of(extensions: &http::Extensions) -> Self {
        extensions.get().copied().unwrap_or_default()
    }
}

impl Default for FormLimits {
    fn default() -> Self {
        Self::new()
    }
}
