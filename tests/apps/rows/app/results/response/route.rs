use bff::{Response, axum::body::Body, get, http::StatusCode};

#[get]
async fn show() -> Response {
    Response::builder()
        .status(StatusCode::ACCEPTED)
        .header("x-powered-by", "me")
        .header("set-cookie", "a=1; Path=/")
        .header("x-between", "1")
        .header("set-cookie", "b=2; Path=/")
        .header("content-type", "text/csv")
        .body(Body::from("a,b\n"))
        .expect("the response is valid")
}
