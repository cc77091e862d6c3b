use bff::get;

#[get]
const fn index() -> &'static str {
    "hello"
}
