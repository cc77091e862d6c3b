use bff::get;

mod list;

#[get]
async fn index() -> String {
    list::all().await
}
