#[bff::route(GET, POST)]
async fn echo() -> &'static str {
    "echo"
}
