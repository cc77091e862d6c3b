use std::rc::Rc;

use bff::{get, http::HeaderMap};

#[get]
async fn index(count: Rc<u8>, headers: HeaderMap) -> String {
    format!("{count} {headers:?}")
}
