pub fn index() -> &'static str {
    "posts"
}
