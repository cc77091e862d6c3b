//! The store outlives the handler, but what is set then is sent nowhere.
use bff::{Response, after, cookies::Cookies, get};

use crate::support::Chunks;

#[get]
async fn show(cookies: Cookies) -> Response {
    cookies.set_value("in-time", "1").expect("a cookie");
    after(async move {
        cookies.set_value("too-late", "1").expect("a cookie").delete("in-time");
    });
    Response::new(Chunks::new(["first", "second"]).into_body())
}
