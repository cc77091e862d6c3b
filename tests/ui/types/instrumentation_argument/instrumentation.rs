pub async fn on_request_error(error: &bff::Error, request: bff::Request) {
    eprintln!("{}: {error}", request.uri());
}
