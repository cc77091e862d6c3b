pub async fn register() {}
