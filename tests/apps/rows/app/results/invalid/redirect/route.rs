use bff::{
    get,
    response::{Redirect, redirect},
};

#[get]
async fn show() -> Redirect {
    redirect("/next\r\nset-cookie: stolen=1")
}
