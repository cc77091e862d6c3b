struct Posts;

impl Posts {
    #[bff::get]
    async fn index() -> &'static str {
        "posts"
    }
}
