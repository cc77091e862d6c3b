use bff::{Handler, Query, Request, get};

#[get]
fn index(Query(page): Query<u32>) -> impl Handler {
    move |_: Request| async move { page.to_string() }
}
