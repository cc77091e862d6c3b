use bff::get;

mod handlers {
    #[bff::get]
    pub fn index() -> &'static str {
        "hello"
    }
}

#[get]
fn index() -> &'static str {
    handlers::index()
}
