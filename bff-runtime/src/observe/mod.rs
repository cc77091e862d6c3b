//! What is known of a request that somebody observes: a span, the access log, `on_request_error`.
//!
//! Nobody does, as a rule, and then a request pays two looks at a static for it. Otherwise there is one
//! [`Observed`] for a request. Whoever sees the request first makes it, the server for its access log or the router;
//! it goes with the request's extensions, and a thread-local names it while the request is worked on.
//!
//! Invariant: what leaves this folder of a URL has been through `redact`.

mod current;
mod observed;
mod observing;
mod redact;
mod security;
mod span;
mod switch;

pub(crate) use self::{
    current::{behind, failed, request_id, routed},
    observed::Observed,
    observing::{Observing, Watched, watched},
    redact::{header as redacted_header, is_secret as is_secret_header, one_line},
    security::{TARGET as SECURITY, Told, line as security_line, security_event},
    switch::{is_on, turn_on},
};
