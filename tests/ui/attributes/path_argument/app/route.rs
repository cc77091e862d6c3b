use bff::get;

#[get("/hello")]
fn index() -> &'static str {
    "hello"
}
