use bff::Request;

#[bff::proxy]
async fn proxy(_request: Request) -> &'static str {
    "no decision"
}
