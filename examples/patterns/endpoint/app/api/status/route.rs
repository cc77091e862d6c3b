use bff::{Json, get};
use serde::Serialize;

#[derive(Serialize)]
struct Status {
    ok: bool,
    version: &'static str,
}

#[get]
async fn status() -> Json<Status> {
    Json(Status { ok: true, version: env!("CARGO_PKG_VERSION") })
}
