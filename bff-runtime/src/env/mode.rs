use std::fmt;

/// What the program runs as; decides which `.env` files are read (row EV-01).
///
/// ```
/// use bff::env::Mode;
///
/// assert_eq!(Mode::Production.as_str(), "production");
/// assert!(Mode::Development.is_development());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// At the developer's desk; the default of debug builds.
    Development,
    /// Serving users; the default of release builds.
    Production,
    /// Under tests, where `.env.local` is not read so that results do not depend on the desk.
    Test,
}

impl Mode {
    /// The mode of this process: `BFF_ENV`, or else the default of the build.
    ///
    /// A value of `BFF_ENV` that names no mode counts as none; [`mode`](crate::env::mode()) also
    /// warns about it.
    ///
    /// ```
    /// let mode = bff::env::Mode::current();
    /// assert!(["development", "production", "test"].contains(&mode.as_str()));
    /// ```
    pub fn current() -> Self {
        Self::from_process().unwrap_or_else(|Misnamed| Self::of_build())
    }

    /// The name as `BFF_ENV` and the names of the files spell it.
    ///
    /// ```
    /// assert_eq!(bff::env::Mode::Test.as_str(), "test");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
            Self::Test => "test",
        }
    }

    /// Whether this is development.
    ///
    /// ```
    /// assert!(!bff::env::Mode::Test.is_development());
    /// ```
    pub const fn is_development(self) -> bool {
        matches!(self, Self::Development)
    }

    pub(super) fn from_process() -> Result<Self, Misnamed> {
        // An empty value is the shell's way of saying "none", also where it cannot unset.
        match std::env::var_os("BFF_ENV").filter(|name| !name.is_empty()) {
            None => Ok(Self::of_build()),
            Some(name) => name.to_str().and_then(Self::from_name).ok_or(Misnamed),
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Development, Self::Production, Self::Test]
            .into_iter()
            .find(|mode| mode.as_str() == name)
    }

    pub(super) const fn of_build() -> Self {
        if cfg!(debug_assertions) { Self::Development } else { Self::Production }
    }

    /// The file names of this mode, highest priority first (row EV-01).
    pub(super) const fn file_names(self) -> &'static [&'static str] {
        match self {
            Self::Development => {
                &[".env.development.local", ".env.local", ".env.development", ".env"]
            }
            Self::Production => &[".env.production.local", ".env.local", ".env.production", ".env"],
            Self::Test => &[".env.test.local", ".env.test", ".env"],
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `BFF_ENV` is set to something that is no mode.
#[derive(Debug)]
pub(super) struct Misnamed;
