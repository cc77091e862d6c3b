use bff::{
    IntoResponse, Problem, Response, ResponseExt, State, get, http::StatusCode, request::ClientIp,
};

use crate::Limits;

#[get]
async fn search(ClientIp(client): ClientIp, State(limits): State<Limits>) -> Response {
    if let Some(wait) = limits.exceeded(client) {
        let seconds = wait.as_secs().max(1).to_string();
        return Problem::new(StatusCode::TOO_MANY_REQUESTS)
            .detail("too many searches")
            .into_response()
            .with_header("retry-after", seconds);
    }
    "found\n".into_response()
}
