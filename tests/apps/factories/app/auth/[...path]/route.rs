use bff::{Handler, State, get, post};
use handler_library::AuthConfig;

/// All of the library's handler: one value for both methods.
#[get]
#[post]
fn auth(State(config): State<AuthConfig>) -> impl Handler {
    handler_library::auth(config)
}
