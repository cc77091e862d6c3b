use std::{fmt, time::Duration};

/// How long an answer is good, as `revalidate` has it (RH-345).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revalidate {
    /// `0`: nothing is kept, whatever a wider rule says.
    NotStored,
    /// `"60s"`: for so long, then it is made anew.
    Every(Duration),
    /// `"none"`: until a tag or path is revalidated.
    Never,
}

impl Revalidate {
    #[doc(hidden)]
    pub const fn every(seconds: u64) -> Self {
        Self::Every(Duration::from_secs(seconds))
    }

    /// True when answers are kept.
    pub const fn stores(self) -> bool {
        !matches!(self, Self::NotStored)
    }
}

/// A tag as the build has checked it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    /// As it is written: `post:{id}`.
    pub text: &'static str,
    /// What it is made of.
    pub pieces: &'static [TagPiece],
    /// Where; empty in an attribute.
    pub place: &'static str,
}

/// A part of a [`Tag`].
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum TagPiece {
    /// As it stands.
    Text(&'static str),
    /// The value of a param.
    Param(&'static str),
}

/// What of a request, beside its URL, an answer may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vary {
    /// A header, in lower case.
    Header(&'static str),
    /// A cookie, by its name.
    Cookie(&'static str),
}

/// As it is written in `vary`: `accept-language`, `cookie:theme`.
impl fmt::Display for Vary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => f.write_str(name),
            Self::Cookie(name) => write!(f, "cookie:{name}"),
        }
    }
}
