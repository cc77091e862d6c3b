use bff::{
    Request, RequestExt, Response,
    cookies::{Cookie, Cookies},
    http::StatusCode,
    proxy::Next,
    request_id::RequestId,
};

/// Around every request, whose body it may read.
#[bff::proxy]
async fn around(
    id: RequestId,
    cookies: Cookies,
    request: Request,
    next: Next,
) -> bff::Result<Response> {
    match request.url().query().get("do").as_deref().unwrap_or("") {
        "stop" => return Ok(bff::IntoResponse::into_response(StatusCode::FORBIDDEN)),
        "panic" => panic!("secret"),
        "cookie" => {
            cookies.set(Cookie::new("seen", "yes")?).delete("gone");
        }
        _ => {}
    }
    // PX-26: read here, the body is there for the handler as well.
    let request = match request.headers().get("x-read") {
        None => request,
        Some(_) => {
            let (ours, theirs) = request.tee().await?;
            cookies.set(Cookie::new("length", ours.bytes().await?.len().to_string())?);
            theirs
        }
    };
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    response.headers_mut().insert("x-status", status.into());
    response.headers_mut().insert("x-id-of-proxy", id.as_str().parse()?);
    Ok(response)
}
