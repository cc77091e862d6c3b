//! A page that names what stands for it.

use bff::{Request, RequestExt, get};

#[get]
fn page(request: Request) -> String {
    super::app::head_tags(request.uri().path()).with_base(request.url().origin()).to_string()
}
