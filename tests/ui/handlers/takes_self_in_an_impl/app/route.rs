struct Posts;

impl Posts {
    #[bff::get]
    #[bff::head]
    async fn index(&self) -> &'static str {
        "posts"
    }
}
