//! Answers that are kept, and how they are given up.
//!
//! A handler of GET says how long its answer is good; until then other requests get the same answer without running it:
//!
//! ```text
//! #[get(revalidate = "60s", tags = ["posts", "post:{id}"])]
//! #[get(revalidate = "5m", vary = ["accept-language", "cookie:theme"])]
//! #[get(force_static)]
//! ```
//!
//! What an answer may depend on is in its key: path, query, and what `vary` names. A handler that could read more does
//! not compile; see [`Keyed`]. Names in `tags`, and the path itself, give answers up before their time:
//! [`revalidate_tag`], [`update_tag`], [`revalidate_path`].
//!
//! What a function returns is kept by [`cached`], what an upstream answers by `cached` of its call.
//!
//! Entries are in memory, 50 MiB of them, or as many bytes as `BFF_CACHE_MAX_BYTES` says; 0 keeps nothing. With
//! the feature `redis` and the variable `BFF_REDIS_URL` all instances of an app share them.

mod cached;
mod declared;
mod entry;
mod error;
mod flights;
mod generate;
mod kept;
mod key;
mod keyed;
mod marks;
#[cfg(any(feature = "redis", feature = "upstream"))]
pub(crate) mod message;
mod name;
mod plan;
pub(crate) mod process;
#[cfg(feature = "redis")]
mod redis;
mod revalidate;
mod serve;
mod shared;
mod space;
mod status;
mod store;

pub use self::{
    cached::{Cached, Life, Period, cached},
    declared::{Revalidate, Vary},
    error::CacheError,
    keyed::{Keyed, Part, reads},
    revalidate::{
        revalidate_path, revalidate_pattern, revalidate_subtree, revalidate_tag, update_tag,
    },
};

#[doc(hidden)]
pub mod generated {
    //! What generated code names.

    pub use super::{
        declared::{Revalidate, Tag, TagPiece, Vary},
        keyed::{Declared, Reads, kept_by_rule, kept_list, keyed},
    };
}

#[cfg(feature = "redis")]
pub use self::redis::{Outage, Sharing};

#[cfg(feature = "upstream")]
pub(crate) use self::cached::{Keep, Made, Wanted, canonical, names};
#[doc(hidden)]
pub use self::keyed::{NotKeyed, Reads};
pub(crate) use self::{
    cached::Values,
    declared::Tag,
    generate::Maker,
    key::Key,
    plan::{Keeper, Plan},
    serve::serve,
    space::Space,
    store::settings,
};

#[cfg(feature = "redis")]
use self::shared::SharedFuture;
use self::{
    declared::TagPiece,
    entry::{Entry, State},
    flights::Flights,
    marks::{Marks, Version},
    shared::{SharedStore, Standing},
    store::{Store, store},
};
pub(crate) use self::{marks::Invalidation, name::Name};
