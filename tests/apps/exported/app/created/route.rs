use bff::{get, http::StatusCode};

#[get(force_static)]
async fn created() -> (StatusCode, [(&'static str, &'static str); 1], &'static str) {
    (StatusCode::CREATED, [("x-own", "a, b")], "made")
}
