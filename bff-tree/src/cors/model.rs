use std::time::Duration;

use crate::AllowedOrigin;

/// A CORS policy that has been checked (Fetch standard, section 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cors {
    /// Whose pages may read.
    pub origins: Origins,
    /// Whether they may send cookies along. Never for [`Origins::Any`].
    pub credentials: bool,
    /// Which headers of their own they may send.
    pub allow_headers: AllowedHeaders,
    /// Which headers of an answer they can read, beside those that every page can: in lower case.
    pub expose_headers: Vec<String>,
    /// How long a browser may go without asking again, in whole seconds; zero for not at all.
    pub max_age: Duration,
    /// Whether pages of the public internet may ask, where the app is in a private network.
    pub private_network: bool,
}

/// Whose pages may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// `*`.
    Any,
    /// These, one at least.
    Listed(Vec<AllowedOrigin>),
}

/// Which headers of its own a page may send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedHeaders {
    /// Those that it asks for.
    Asked,
    /// These: in lower case.
    Listed(Vec<String>),
}

impl Cors {
    /// How long an answer to a preflight is kept unless it is said. Long enough for a page, and short enough for a
    /// policy to be changed.
    pub const MAX_AGE: Duration = Duration::from_secs(10 * 60);
}
