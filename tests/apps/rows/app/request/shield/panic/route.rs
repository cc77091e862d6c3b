use bff::{get, shield};

#[get]
async fn show() -> &'static str {
    shield(async { panic!("a secret") }).await
}
