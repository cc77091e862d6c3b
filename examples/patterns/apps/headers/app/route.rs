use base64::{Engine, prelude::BASE64_STANDARD};
use bff::{
    Response, get,
    http::header,
    response::{ResponseExt, html},
};
use sha2::{Digest, Sha256};

const SCRIPT: &str = "document.body.append('from the script')";

/// The policy names the one script that may run, by its hash; a script that somebody else gets into the page has
/// another. Unlike a nonce it is the same in every answer, so the page can be cached.
#[get]
async fn page() -> Response {
    let hash = BASE64_STANDARD.encode(Sha256::digest(SCRIPT));
    html(format!("<!doctype html><title>Page</title><body><script>{SCRIPT}</script>")).with_header(
        header::CONTENT_SECURITY_POLICY,
        format!("default-src 'none'; script-src 'sha256-{hash}'; frame-ancestors 'none'"),
    )
}
