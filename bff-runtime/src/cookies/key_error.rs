use std::fmt;

use crate::env::VarError;

/// Keys that cannot be used. The text never has a part of a key, so it may be logged.
///
/// ```
/// use bff::cookies::KeyRing;
///
/// let error = KeyRing::new("too short").unwrap_err();
/// assert!(error.is_too_short());
/// assert_eq!(error.to_string(), "key 1 has 9 bytes, fewer than 32");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The numbers begin with one: they are for people.
    TooShort {
        number: usize,
        octets: usize,
    },
    NotBase64 {
        number: usize,
    },
    NoKey,
    Variable(VarError),
    InVariable {
        name: String,
        error: Box<KeyError>,
    },
    NoRandomness,
}

impl KeyError {
    pub(super) fn new(kind: Kind) -> Self {
        Self(kind)
    }

    pub(super) fn of_variable(self, name: &str) -> Self {
        Self(Kind::InVariable { name: name.to_owned(), error: Box::new(self) })
    }

    /// Whether a key has fewer than 32 bytes.
    ///
    /// ```
    /// use bff::cookies::KeyRing;
    ///
    /// assert!("c2hvcnQ=".parse::<KeyRing>().unwrap_err().is_too_short());
    /// ```
    pub fn is_too_short(&self) -> bool {
        matches!(self.innermost(), Kind::TooShort { .. })
    }

    /// Whether a key in a text is neither base64 nor hexadecimal.
    ///
    /// ```
    /// use bff::cookies::KeyRing;
    ///
    /// assert!("open sesame!".parse::<KeyRing>().unwrap_err().is_not_base64());
    /// ```
    pub fn is_not_base64(&self) -> bool {
        matches!(self.innermost(), Kind::NotBase64 { .. })
    }

    /// Whether there is no key at all: an empty list, or a variable that is not set.
    ///
    /// ```
    /// use bff::cookies::KeyRing;
    ///
    /// assert!("".parse::<KeyRing>().unwrap_err().is_missing());
    /// assert!(KeyRing::from_var("NO_SUCH_VARIABLE").unwrap_err().is_missing());
    /// ```
    pub fn is_missing(&self) -> bool {
        match self.innermost() {
            Kind::NoKey => true,
            Kind::Variable(error) => error.is_missing(),
            _ => false,
        }
    }

    fn innermost(&self) -> &Kind {
        match &self.0 {
            Kind::InVariable { error, .. } => error.innermost(),
            kind => kind,
        }
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::TooShort { number, octets } => {
                write!(f, "key {number} has {octets} bytes, fewer than 32")
            }
            Kind::NotBase64 { number } => {
                write!(f, "key {number} is not base64 and not hexadecimal")
            }
            Kind::NoKey => f.write_str("there is no key"),
            Kind::Variable(error) => {
                write!(f, "{error}; `openssl rand -base64 32` makes a key for it")
            }
            Kind::InVariable { name, error } => write!(f, "environment variable `{name}`: {error}"),
            Kind::NoRandomness => f.write_str("the system has no randomness for a key"),
        }
    }
}

impl std::error::Error for KeyError {}
