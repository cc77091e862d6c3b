use bff::{axum::response::Html, get};

#[get(force_static)]
async fn index() -> Html<&'static str> {
    Html("<!doctype html><title>shop</title>")
}
