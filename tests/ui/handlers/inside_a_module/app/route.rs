use bff::get;

mod handlers {
    use bff::head;

    #[bff::get]
    #[head]
    pub fn index() -> &'static str {
        "hello"
    }
}

#[get]
fn index() -> &'static str {
    handlers::index()
}
