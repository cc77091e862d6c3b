use bff::{Handler, Request, get};

#[get]
fn show(id: u64) -> impl Handler {
    move |_: Request| async move { id.to_string() }
}
