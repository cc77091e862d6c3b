use bff::{
    OptionExt, Result,
    cookies::{Cookie, Cookies, KeyRing},
    get, post,
};

/// The new key and the old one; real ones come from the environment.
fn keys() -> KeyRing {
    KeyRing::from_keys([[2; 32], [1; 32]]).expect("two keys")
}

#[get]
async fn show(cookies: Cookies) -> Result<String> {
    let keys = keys();
    let cart = cookies.signed(&keys).get("cart").or_404("no cart")?;
    let user = cookies.encrypted(&keys).get("__Host-user").or_404("no user")?;
    Ok(format!("{user} has {cart}"))
}

#[post]
async fn create(cookies: Cookies) -> Result<&'static str> {
    let keys = keys();
    cookies.signed(&keys).set_value("cart", "two; apples")?;
    cookies.encrypted(&keys).set(Cookie::build("__Host-user", "secret").session().build()?)?;
    Ok("created")
}
