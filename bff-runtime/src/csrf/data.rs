use std::fmt;

use crate::cors::AllowedOrigin;

/// Whether requests that pages of other sites cause are refused, and whose are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Csrf {
    /// False for `csrf = false`.
    pub enabled: bool,
    /// Whose pages may act for the user.
    pub trusted_origins: &'static [AllowedOrigin],
}

impl Csrf {
    /// What holds unless something else is said: all are checked, and no other origin is trusted.
    pub const DEFAULT: Self = Self { enabled: true, trusted_origins: &[] };
}

impl Default for Csrf {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// For people.
impl fmt::Display for Csrf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.enabled { "checked" } else { "not checked" })?;
        for (index, origin) in self.trusted_origins.iter().enumerate() {
            write!(f, "{}{origin}", if index > 0 { ", " } else { ", trusting " })?;
        }
        Ok(())
    }
}
