//! Responses of upstreams that are kept: [`Call::cached`](super::Call::cached).

mod call;
mod policy;
mod reply;

pub use self::{call::CachedCall, reply::CachedReply};

use self::policy::Policy;
