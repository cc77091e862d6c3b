use bff::get;

#[get(content_type = "a/b")]
fn index() -> &'static str {
    "hello"
}
