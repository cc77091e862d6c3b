use bff::{Problem, http::StatusCode};

/// A 500 that is an answer, and no error.
#[bff::get]
async fn chosen() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR).detail("on purpose")
}

/// So is the rejection of a client's mistake.
#[bff::post]
async fn refused(body: bff::Json<u8>) -> String {
    body.0.to_string()
}
