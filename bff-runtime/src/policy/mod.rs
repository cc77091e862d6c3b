//! What is asked of the requests of a route: how long a handler may take, how large a body may be, how many there may be
//! at a time, whose pages may send them and read the response, which headers that gets.
//!
//! A policy comes from `[server]` of `bff.toml`, from its `[[rules]]`, or from the attribute of a handler, and wins in
//! this order: the attribute, then the rules from the most to the least specific, then the server.
//!
//! ```text
//! Policies (static data) → RoutePolicies, once per route → HandlerPolicy, once per handler → Effective, per request
//!                                                                            → Admission, with the request
//! ```
//!
//! What a policy counts is kept beside it: by `AppCounters` for the whole app what a rule counts, by the handler what its
//! attribute counts.
//!
//! Where the sources of all rules are for every request of a route, what holds is known before the first one.
//! Otherwise the path is asked. A route without a policy has none of this, but for the check of [`csrf`](crate::csrf).

mod admission;
mod body;
mod counters;
mod data;
mod effective;
mod gate;
mod handler;
mod networks;
mod prepared;
mod spelling;
mod told;
mod trusting;

#[cfg(test)]
mod tests;

pub(crate) use self::{
    admission::Admission,
    body::OwnBodyLimit,
    counters::AppCounters,
    effective::{Decided, Effective, Voice, put_on},
    gate::{Gate, Permit},
    handler::{HandlerPolicy, OwnPolicy, RoutePolicies},
    prepared::Prepared,
    spelling::spelled,
    told::Told,
};

pub use self::{
    data::{Header, Networks, Policies, Policy, PolicyRule, Setting},
    trusting::trusting,
};
