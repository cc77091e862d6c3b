//! With state and a `bff.toml`: rules that say what a request has to satisfy.

use bff::{Path, State, http::HeaderMap, http::StatusCode, response::forbidden};

use crate::support::Events;

bff::app!(state = Events, dir = "apps/guarded/app");

/// Asks for a header.
fn has(headers: &HeaderMap, name: &str, otherwise: StatusCode) -> Result<(), StatusCode> {
    if headers.contains_key(name) { Ok(()) } else { Err(otherwise) }
}

pub(crate) async fn token(headers: HeaderMap) -> Result<(), StatusCode> {
    has(&headers, "x-token", StatusCode::UNAUTHORIZED)
}

/// The state is there as it is for a handler.
pub(crate) async fn staff(headers: HeaderMap, _: State<Events>) -> Result<(), StatusCode> {
    has(&headers, "x-staff", StatusCode::FORBIDDEN)
}

/// Whoever is named in the path.
pub(crate) async fn named(Path(name): Path<String>, headers: HeaderMap) -> bff::Result<()> {
    if headers.get("x-staff").is_some_and(|staff| staff.as_bytes() == name.as_bytes()) {
        return Ok(());
    }
    Err(forbidden())
}
