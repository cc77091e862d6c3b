use bff::get;

#[get(rate_limit = ["100/s burst 200", "10/minute"])]
fn index() -> &'static str {
    "hello"
}
