pub async fn register() -> &'static str {
    "started"
}
