use bff::get;

#[get(force_static)]
async fn events() -> ([(&'static str, &'static str); 1], &'static str) {
    ([("content-type", "text/event-stream")], "data: 1\n\n")
}
