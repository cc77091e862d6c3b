use bff::get;

#[get]
async fn visitors() -> String {
    crate::stats::visitors().await.to_string()
}
