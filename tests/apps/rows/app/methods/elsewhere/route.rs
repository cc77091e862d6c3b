use bff::{get, response::Redirect, response::redirect};

#[get]
async fn show() -> Redirect {
    redirect("/methods/get-only")
}
