#[bff::api]
async fn read() -> &'static str {
    "all"
}

#[bff::api]
async fn write() -> &'static str {
    "done"
}
