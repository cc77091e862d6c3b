use bff::{
    Result, State,
    cookies::{Cookies, KeyRing},
    get,
    response::unauthorized,
};

use crate::member;

#[get]
async fn show(page: Vec<String>, cookies: Cookies, State(keys): State<KeyRing>) -> Result<String> {
    let name = member(&cookies, &keys).ok_or_else(unauthorized)?;
    Ok(format!("{} of {name}", page.join("/")))
}
