use std::fmt;

/// An expression that the engine does not take. The build has checked every one, so this is a mistake of bff's;
/// it shows when the server starts, never on a request (HM-09).
#[derive(Debug)]
pub struct BadPattern {
    text: &'static str,
    cause: String,
}

impl BadPattern {
    pub(super) fn new(text: &'static str, cause: &dyn fmt::Display) -> Self {
        Self { text, cause: cause.to_string() }
    }
}

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the pattern `{}` cannot be used: {}", self.text, self.cause)
    }
}

impl std::error::Error for BadPattern {}

/// Matching took more steps than it may (HM-10): look-around is matched by trying, and a request can be made so
/// that much has to be tried. Whether the pattern matches is not known, so neither may be assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooComplex;

impl fmt::Display for TooComplex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request took too many steps to match")
    }
}

impl std::error::Error for TooComplex {}

/// A captured value that cannot be inserted where it belongs (DC-08, DC-14). The request is at fault: it is
/// answered with 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// It would make `.` or `..` a segment of the path.
    DotSegment,
    /// It cannot be a part of a host.
    Host,
    /// It cannot be a part of the name of a header.
    HeaderName,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DotSegment => "a captured value would be a dot segment of a path",
            Self::Host => "a captured value cannot be a part of a host",
            Self::HeaderName => "a captured value cannot be a part of the name of a header",
        })
    }
}

impl std::error::Error for Refused {}
