//! A cookie, and then everything that can become of a request.
use bff::{
    Error, IntoResponse, Problem, Response, Result,
    cookies::Cookies,
    get,
    http::StatusCode,
    response::{forbidden, not_found, permanent_redirect, redirect, see_other, unauthorized},
};

#[get]
async fn show(how: String, cookies: Cookies) -> Result<Response> {
    cookies.set_value("s", "v")?.delete("session");
    Err(match &*how {
        "redirect" => redirect("/dest?x=1").into(),
        "permanent-redirect" => permanent_redirect("/dest").into(),
        "see-other" => see_other("/dest").into(),
        "unauthorized" => unauthorized(),
        "forbidden" => forbidden(),
        "not-found" => not_found(),
        "conflict" => Problem::new(StatusCode::CONFLICT).into(),
        "own-problem" => Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into(),
        "own-response" => return Ok((StatusCode::BAD_GATEWAY, "sorry").into_response()),
        "error" => "secret".parse::<u8>().map_err(Error::from).unwrap_err(),
        "message" => Error::msg("secret"),
        "bad-cookie" => cookies.set_value("a;b", "secret").unwrap_err().into(),
        "no-status" => return Ok(StatusCode::from_u16(199).unwrap_or_default().into_response()),
        "panic" => panic!("secret"),
        _ => return Ok("fine".into_response()),
    })
}
