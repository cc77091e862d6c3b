use bff::get;

#[get(require = "admin")]
fn index() -> &'static str {
    "hello"
}
