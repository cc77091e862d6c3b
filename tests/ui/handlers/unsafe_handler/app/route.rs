use bff::get;

#[get]
async unsafe fn index() -> &'static str {
    "hello"
}
