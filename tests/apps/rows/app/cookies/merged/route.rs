use bff::{
    IntoResponse, Response, Result,
    axum::response::AppendHeaders,
    cookies::{Cookie, Cookies},
    get, post,
};

#[get]
async fn show(cookies: Cookies) -> Result<Response> {
    cookies.set_value("a", "fromapi")?.set_value("b", "fromapi")?;
    let own = AppendHeaders([
        ("set-cookie", "b=fromres; Path=/"),
        ("set-cookie", "d=fromres; Weird=attr;Expires=Thu, 01 Jan 2099 00:00:00 GMT"),
    ]);
    Ok((own, "merged").into_response())
}

#[post]
async fn elsewhere(cookies: Cookies) -> Result<Response> {
    cookies
        .set(Cookie::build("a", "1").path("/x").build()?)
        .set(Cookie::build("a", "2").domain("example.com").build()?);
    Ok((Cookie::new("a", "3")?, "three").into_response())
}
