/// A URL whose answer becomes a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The path of the URL, encoded.
    pub(super) path: String,
    /// The name of the file below the folder, with `/` between names.
    pub(super) file: String,
    /// What answers: a route file, or a file of `public/`.
    pub(super) source: String,
    /// What can be done about an answer that is none.
    pub(super) kind: PageKind,
}

/// Where a page comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    Route,
    /// A route with params, listed by this function.
    Listed(&'static str),
    Public,
}
