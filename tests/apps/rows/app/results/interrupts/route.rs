use bff::{Result, get, post, put, response};

#[get]
async fn show() -> Result<&'static str> {
    Err(response::redirect("/login?from=here").into())
}

#[post]
async fn create() -> Result<&'static str> {
    Err(response::see_other("/done").into())
}

#[put]
async fn replace() -> Result<&'static str> {
    Err(response::not_found())
}
