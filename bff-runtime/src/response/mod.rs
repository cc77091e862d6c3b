//! What a handler can answer with.
//!
//! Everything here is an ordinary [`IntoResponse`](axum::response::IntoResponse) value, so all of axum's own
//! responses work beside it.

mod interrupt;
mod json;
mod redirect;

pub use self::{
    interrupt::{forbidden, not_found, unauthorized},
    json::Json,
    redirect::{Redirect, permanent_redirect, redirect, see_other},
};

pub(crate) use self::redirect::NOT_IN_A_URL;
