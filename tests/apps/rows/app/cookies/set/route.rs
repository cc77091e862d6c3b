use std::time::Duration;

use bff::{
    Result,
    cookies::{Cookie, Cookies},
    delete, get, post, put,
};

#[get]
async fn set(cookies: Cookies) -> Result<&'static str> {
    cookies.set_value("s", "v")?;
    Ok("set")
}

#[post]
async fn set_for_a_minute(cookies: Cookies) -> Result<&'static str> {
    cookies.set(Cookie::build("s", "v").max_age(Duration::from_secs(60)).build()?);
    Ok("set for a minute")
}

#[delete]
async fn delete(cookies: Cookies) -> &'static str {
    cookies.delete("a");
    "deleted"
}

/// The same store, taken twice.
#[put]
async fn set_and_read(first: Cookies, second: Cookies) -> Result<String> {
    first.set_value("a", "new")?.set_value("b", "x y")?;
    Ok(second.to_string())
}
