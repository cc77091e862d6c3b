use bff::get;

#[get]
async fn index() -> &'static str {
    "hello"

#[get]
async fn other() -> &'static str {
    "other"
}
