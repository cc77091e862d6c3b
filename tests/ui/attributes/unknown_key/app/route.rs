use bff::get;

#[get(name = "index")]
fn index() -> &'static str {
    "hello"
}
