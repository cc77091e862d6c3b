//! How often something may be asked for, as one text: `10/min burst 20 by header x-api-key + ip`.
//!
//! ```text
//! COUNT "/" [NUMBER] UNIT      UNIT = s | min | h | day
//! then in any order:
//!   burst N                    how many at once; COUNT unless it is said
//!   by KEY [+ KEY …]           KEY = ip | header NAME | cookie NAME | session | user | fn PATH
//!   cost N                     what one request takes
//!   dry-run                    refuses nothing
//!   open | closed              what holds when the store is away
//!   named NAME                 in the header fields of responses
//! ```
//!
//! Attributes and `bff.toml` have this grammar in common. Words are separated by blanks, because a `+` may be in the
//! name of a header.

mod key;
mod model;
mod parse;

#[cfg(test)]
mod tests;

pub use self::model::{Outage, RateLimit, RateLimitKey, RateLimitMistake};

use self::key::{cookie, function, header};
