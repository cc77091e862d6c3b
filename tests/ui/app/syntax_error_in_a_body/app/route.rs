use bff::get;

#[get]
async fn index() -> String {
    let name = ;
    name
}
