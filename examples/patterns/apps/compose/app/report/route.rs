use bff::{Handler, Request, axum::middleware, get, handler::layered};

use crate::{measured, with_token};

/// From the outside in: the token, the layer, the report.
#[get]
fn report() -> impl Handler {
    let report = |_: Request| async { "the report" };
    with_token("for-development", layered(middleware::from_fn(measured), report))
}
