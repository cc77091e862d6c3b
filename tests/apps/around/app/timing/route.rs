use std::time::Duration;

use bff::{IntoResponse, Response, get, post, put, server_timing::ServerTiming};

#[get]
async fn show(timing: ServerTiming, same: ServerTiming) -> &'static str {
    timing.record("db", Duration::from_micros(53_200));
    same.describe("cache", "Cache \"Read\"", Duration::from_micros(23_200));
    timing.mark("miss");
    "timed"
}

/// A measurement that ends with the handler, and a line of the handler's own.
#[post]
async fn create(timing: ServerTiming) -> Response {
    let _all = timing.start("all");
    ([("server-timing", "own")], "timed").into_response()
}

/// Nothing is measured.
#[put]
async fn replace(_: ServerTiming) -> &'static str {
    "timed"
}
