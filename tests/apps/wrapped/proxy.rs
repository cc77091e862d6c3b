use bff::{
    Request, RequestExt, Response,
    cookies::{Cookie, Cookies},
    http::StatusCode,
    proxy::Next,
    request_id::RequestId,
};

/// Around every request, whose body it may read.
#[bff::proxy]
async fn around(id: RequestId, cookies: Cookies, request: Request, next: Next) -> bff::Result<Response> {
    match request.url().query().get("do").as_deref().unwrap_or("") {
        "stop" => return Ok(bff::IntoResponse::into_response(StatusCode::FORBIDDEN)),
        "panic" => panic!("secret"),
        "cookie" => {
            cookies.set(Cookie::new("seen", "yes")?).delete("gone");
        }
        _ => {}
    }
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    response.headers_mut().insert("x-status", status.into());
    response.headers_mut().insert("x-id-of-proxy", id.as_str().parse()?);
    Ok(response)
}
