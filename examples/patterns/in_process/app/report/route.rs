use bff::get;

#[get]
async fn report() -> String {
    format!("{} visitors today", crate::stats::visitors().await)
}
