use bff::api;

mod _words;

#[api]
async fn index() -> &'static str {
    _words::INDEX
}
