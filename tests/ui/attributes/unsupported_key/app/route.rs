use bff::get;

#[get(rate_limit = "10/min")]
fn index() -> &'static str {
    "hello"
}
