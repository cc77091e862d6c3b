//! [`Error`], what a handler fails with, and [`Problem`], what the client is told (RFC 9457).

mod failure;
mod opaque;
mod option;
mod panic_text;
mod problem;

pub use self::{opaque::Error, option::OptionExt, problem::Problem};

pub(crate) use self::{
    failure::{Failure, failure, failure_of, forget_failure, is_failure, mark_failure, panic},
    opaque::SharedError,
    panic_text::panic_text,
    problem::{negotiated, tell_id},
};

/// The result of a handler and of `main`: `bff::Result<Json<Post>>`, `bff::Result`.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;
