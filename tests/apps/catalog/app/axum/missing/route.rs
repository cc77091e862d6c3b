use bff::{axum::Extension, get};

#[derive(Clone)]
struct SecretPool;

/// The extension is missing: a mistake of the program, not of the client.
#[get]
async fn show(_: Extension<SecretPool>) -> &'static str {
    "unreachable"
}
