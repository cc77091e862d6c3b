use std::fmt;

use super::AllowedOrigin;

/// A CORS policy, as the build has checked it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cors {
    /// Whose pages may read.
    pub origins: Origins,
    /// Whether they may send cookies along. Never for [`Origins::Any`].
    pub credentials: bool,
    /// Which headers of their own they may send.
    pub allow_headers: AllowedHeaders,
    /// Which headers of an answer they can read, beside those that every page can: names with commas, none perhaps.
    pub expose_headers: &'static str,
    /// How long a browser may go without asking again: seconds, as a number in digits.
    pub max_age: &'static str,
    /// Whether pages of the public internet may ask, where the app is in a private network.
    pub private_network: bool,
}

/// Whose pages may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origins {
    /// `*`.
    Any,
    /// These.
    Listed(&'static [AllowedOrigin]),
}

/// Which headers of its own a page may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowedHeaders {
    /// Those that it asks for.
    Asked,
    /// These: names with commas, none perhaps.
    Listed(&'static str),
}

impl Cors {
    /// True when pages of this origin may act with the cookies of whoever looks at them.
    pub(crate) fn lets_act(&self, origin: &[u8]) -> bool {
        match self.origins {
            Origins::Any => false,
            Origins::Listed(listed) => {
                self.credentials && listed.iter().any(|allowed| allowed.allows(origin))
            }
        }
    }
}

/// For people: `https://app.example.com, https://*.example.org, with cookies`.
impl fmt::Display for Cors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origins {
            Origins::Any => f.write_str("*")?,
            Origins::Listed(origins) => {
                for (index, origin) in origins.iter().enumerate() {
                    write!(f, "{}{origin}", if index > 0 { ", " } else { "" })?;
                }
            }
        }
        f.write_str(if self.credentials { ", with cookies" } else { "" })
    }
}
