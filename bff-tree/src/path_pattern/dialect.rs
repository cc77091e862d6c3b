/// Which of the two languages a source is written in; they differ in where a param ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    pub(super) delimiters: &'static str,
    pub(super) encodes: bool,
    pub(super) case_sensitive: bool,
}

impl Dialect {
    /// `#[proxy(matcher)]`: params end at `/`, `#` and `?`, one of which may follow the whole (MT-10, PP-05).
    ///
    /// Literal text is compared as it is written, because a path is also tried in decoded form (MT-18).
    pub const MATCHER: Self = Self { delimiters: "/#?", encodes: false, case_sensitive: true };

    /// `source` in `bff.toml`: params end at `/`, which may follow the whole (PP-05, PP-12).
    ///
    /// Literal text is compared in escaped form, as a path is received (PP-14): `/café` finds `/caf%C3%A9`.
    pub const CONFIG: Self = Self { delimiters: "/", encodes: true, case_sensitive: true };

    /// The same, with the case of ASCII letters ignored (PP-12).
    #[must_use]
    pub const fn ignoring_case(self) -> Self {
        Self { case_sensitive: false, ..self }
    }

    /// The characters that end a param.
    pub const fn delimiters(self) -> &'static str {
        self.delimiters
    }

    /// False when the case of ASCII letters is ignored.
    pub const fn is_case_sensitive(self) -> bool {
        self.case_sensitive
    }
}
