pub async fn onRequestError(error: &bff::Error) {
    eprintln!("{error}");
}
