use bff::{axum::body::Body, post};
use http_body_util::BodyExt;

/// Streams the body by hand (RH-116).
#[post]
async fn count(mut body: Body) -> String {
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => bytes += frame.data_ref().map_or(0, |data| data.len()),
            Err(error) => return format!("{bytes} bytes, then {error}"),
        }
    }
    format!("{bytes} bytes")
}
