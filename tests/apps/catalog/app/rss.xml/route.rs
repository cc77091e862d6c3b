#[bff::get]
async fn show() -> impl bff::IntoResponse {
    ([("content-type", "application/rss+xml")], "<rss/>")
}
