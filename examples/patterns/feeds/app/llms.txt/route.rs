use bff::get;

#[get]
async fn llms() -> &'static str {
    "# Posts\n\n- [All posts](https://example.com/rss.xml)\n"
}
