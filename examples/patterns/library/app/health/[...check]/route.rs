use bff::{Handler, ResponseExt, axum::middleware::map_response, get, handler::layered};

use crate::health_library::health;

/// Runs once, when the router is built: what it returns answers the requests.
#[get]
fn checks() -> impl Handler {
    let fresh =
        map_response(|response: bff::Response| async { response.with_cache_control("no-store") });
    layered(fresh, health(|| true))
}
