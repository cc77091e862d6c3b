use bff::get;

#[get]
async fn index() -> impl Sized {
    7
}
