use bff::{get, response::Redirect, response::redirect};

#[get(force_static)]
async fn moved() -> Redirect {
    redirect("/elsewhere")
}
