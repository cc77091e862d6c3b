use bff::get;

#[get]
static INDEX: fn() -> &'static str = || "hello";
