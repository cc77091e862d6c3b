use bff::{Request, RequestExt, axum::extract::OriginalUri, get};

/// What a handler sees of its URL (BP-03).
#[get]
async fn show(OriginalUri(original): OriginalUri, request: Request) -> String {
    let url = request.url();
    format!("{} {} {} {}", request.uri(), original, url.path(), url.base_path())
}
