use bff::{get, http::Method, route};

#[get]
async fn show() -> &'static str {
    "a resource"
}

#[route(PROPFIND, QUERY)]
async fn extension(method: Method, body: String) -> String {
    format!("{method} {body}")
}

/// A method that no registry knows.
#[route("FROBNICATE")]
async fn own() -> &'static str {
    "frobnicated"
}
