use bff::get;

#[get(ratelimit = "10/min")]
fn index() -> &'static str {
    "hello"
}
