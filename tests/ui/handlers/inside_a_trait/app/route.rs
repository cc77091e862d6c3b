use bff::get;

#[get]
async fn index() -> &'static str {
    "hello"
}

pub trait Show {
    #[get]
    fn show() -> &'static str;
}
