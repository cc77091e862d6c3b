use std::pin::Pin;

use bytes::Bytes;

use super::Life;
use crate::Result;

/// Makes a value, when there is one that is over with that at hand. Not generic, as there is much around it.
pub(crate) type Compute =
    Box<dyn FnOnce(Option<Bytes>) -> Pin<Box<dyn Future<Output = Result<Made>> + Send>> + Send>;

/// A value that was made.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) bytes: Bytes,
    pub(crate) keep: Keep,
    /// Why it says nothing of what is kept, which stays in its place then. What is right and not to be kept takes the
    /// old one away.
    pub(crate) failure: Option<String>,
}

/// For whom a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// For everybody, as long as it is good.
    Yes(Life),
    /// For those who wait for it now.
    #[cfg(feature = "upstream")]
    No,
    /// For the one who has made it: others make their own.
    #[cfg(feature = "upstream")]
    Alone,
}

impl Keep {
    pub(super) fn is_for_one(self) -> bool {
        match self {
            Self::Yes(_) => false,
            #[cfg(feature = "upstream")]
            Self::No => false,
            #[cfg(feature = "upstream")]
            Self::Alone => true,
        }
    }
}
