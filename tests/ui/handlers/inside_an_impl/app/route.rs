struct Posts;

impl Posts {
    #[bff::get]
    #[bff::head]
    async fn index() -> &'static str {
        "posts"
    }
}
