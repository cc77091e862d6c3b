use bff::get;

#[get(revalidate = "60s")]
fn index() -> &'static str {
    "hello"
}
