pub async fn GET() -> &'static str {
    "posts"
}
