//! Backends for frontends by files, plain axum underneath.
//!
//! See the [README](https://github.com/bff-rs/bff) for the tour.

pub mod error;
pub mod handler;
pub mod response;
pub mod routing;
pub mod testing;

#[doc(hidden)]
pub mod __private;

pub use axum;
pub use http;

pub use axum::{
    extract::{Form, Path, Query, Request, State},
    response::{IntoResponse, Response},
};

pub use crate::{
    error::{Error, OptionExt, Problem, Result},
    handler::Handler,
    response::Json,
    routing::Route,
};


pub use bff_macros::{app, delete, get, head, options, patch, post, put, route};
