use bff::{Request, RequestExt, get};

#[get]
fn page(request: Request) -> String {
    super::app::head_tags("/social").with_base(request.url().origin()).to_string()
}
