use std::fmt;

/// A variable that [`var`](crate::env::var()) or [`parse`](crate::env::parse()) could not give.
///
/// The text names the variable and never its value, so it may be logged or shown.
///
/// ```
/// let error = bff::env::var("NO_SUCH_VARIABLE").unwrap_err();
/// assert!(error.is_missing());
/// assert_eq!(error.to_string(), "environment variable `NO_SUCH_VARIABLE` is not set");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VarError {
    name: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Missing,
    NotUnicode,
    Empty,
    Malformed { expected: &'static str },
}

impl VarError {
    /// The name of the variable.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether neither the process nor a file defines the variable.
    pub fn is_missing(&self) -> bool {
        self.kind == Kind::Missing
    }

    /// Whether the process defines the variable with bytes that are not Unicode.
    pub fn is_not_unicode(&self) -> bool {
        self.kind == Kind::NotUnicode
    }

    /// Whether the variable is there with nothing in it, where a secret was asked for.
    pub fn is_empty(&self) -> bool {
        self.kind == Kind::Empty
    }

    /// Whether the value cannot be read as the type that was asked for.
    pub fn is_malformed(&self) -> bool {
        matches!(self.kind, Kind::Malformed { .. })
    }

    pub(super) fn missing(name: &str) -> Self {
        Self { name: name.to_owned(), kind: Kind::Missing }
    }

    pub(super) fn not_unicode(name: &str) -> Self {
        Self { name: name.to_owned(), kind: Kind::NotUnicode }
    }

    pub(super) fn empty(name: &str) -> Self {
        Self { name: name.to_owned(), kind: Kind::Empty }
    }

    /// The parser's own error is left out on purpose: many quote the text that they were given.
    pub(super) fn malformed<T>(name: &str) -> Self {
        let expected = std::any::type_name::<T>();
        Self { name: name.to_owned(), kind: Kind::Malformed { expected } }
    }
}

impl fmt::Display for VarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, kind } = self;
        write!(f, "environment variable `{name}` ")?;
        match kind {
            Kind::Missing => f.write_str("is not set"),
            Kind::Empty => f.write_str("is empty"),
            Kind::NotUnicode => f.write_str("is not valid Unicode"),
            Kind::Malformed { expected } => write!(f, "cannot be read as `{expected}`"),
        }
    }
}

impl std::error::Error for VarError {}
