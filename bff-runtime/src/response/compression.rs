use axum::{body::Body, extract::Request, response::Response};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header};
use tower::{
    Layer,
    util::{MapRequest, MapResponse},
};
use tower_http::compression::{
    self, CompressionBody, CompressionLayer,
    predicate::{And, Predicate as _, SizeAbove},
};

use super::vary::vary;

/// A layer that compresses what clients can decompress, with zstd, brotli or gzip (feature `compression`,
/// RH-229).
///
/// ```
/// use bff::axum::Router;
///
/// # mod app { pub fn router() -> bff::axum::Router { bff::axum::Router::new() } }
/// let router: Router = app::router().layer(bff::response::compression());
/// ```
///
/// Sent as they are: bodies of less than 1 KiB, events (RH-228, V44), ranges, what is compressed already (pictures,
/// sound, archives, anything with a `Content-Encoding`), and whatever says `Cache-Control: no-transform`.
/// [`stream`](super::stream)s are flushed whenever they pause.
///
/// A body that may be compressed has `Vary: accept-encoding`. Its strong [`Etag`](super::Etag) becomes a weak one,
/// since other bytes are sent (RFC 9110 section 8.8.3.3), and so do those of 304s; what comes back in `If-Match`
/// is strong again for the handler.
///
/// A response that holds a secret beside something that an attacker chooses should not be compressed: its length
/// tells about the secret (BREACH). Give it `no-transform`.
///
/// # Errors
/// 406 when the client refuses every encoding and also none (`identity;q=0`).
pub fn compression() -> Compression {
    Compression(())
}

/// The layer that [`compression()`] makes.
#[derive(Clone, Copy, Debug)]
#[must_use = "a layer does nothing until it is given to a router"]
pub struct Compression(());

/// Shorter bodies fit into one packet anyway.
const WORTH_IT: u64 = 1024;

type Policy = And<SizeAbove, fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool>;

type Compressed<S> = MapResponse<
    MapRequest<compression::Compression<S, Policy>, fn(Request) -> Request>,
    fn(http::Response<CompressionBody<Body>>) -> Response,
>;

impl<S> Layer<S> for Compression {
    type Service = Compressed<S>;

    fn layer(&self, service: S) -> Self::Service {
        let policy = SizeAbove::new(WORTH_IT).and(may_be_compressed as fn(_, _, &_, &_) -> _);
        let compressed = CompressionLayer::new().compress_when(policy).layer(service);
        MapResponse::new(MapRequest::new(compressed, incoming), outgoing)
    }
}

fn may_be_compressed(status: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let text = |name: HeaderName| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    };
    let cache_control = text(header::CACHE_CONTROL).to_ascii_lowercase();
    let no_transform = cache_control.split(',').any(|directive| directive.trim() == "no-transform");
    // Parts of several ranges carry their `Content-Range` inside of the body.
    status != StatusCode::PARTIAL_CONTENT
        && !no_transform
        && !is_incompressible(text(header::CONTENT_TYPE))
}

/// True for what is compressed already, and for events, which nobody may hold back.
fn is_incompressible(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let family = ["image/", "video/", "audio/", "font/woff", "application/grpc"];
    let archives = [
        "text/event-stream",
        "application/zip",
        "application/gzip",
        "application/zstd",
        "application/x-7z-compressed",
        "application/epub+zip",
    ];
    let exceptions =
        ["image/svg+xml", "image/bmp", "image/vnd.microsoft.icon", "application/grpc-web"];
    !exceptions.iter().any(|exception| kind.starts_with(exception))
        && (family.iter().any(|family| kind.starts_with(family))
            || archives.contains(&&*kind)
            || kind.starts_with("application/vnd.openxmlformats"))
}

/// The tag that was made weak on the way out is strong again where it was made. One that the handler made weak
/// stays so: its strong form matches nothing there (RFC 9110 section 8.8.3.2).
fn incoming(mut request: Request) -> Request {
    if let Some(tags) = request.headers_mut().get_mut(header::IF_MATCH)
        && let Some(strong) = tags
            .to_str()
            .ok()
            .filter(|tags| tags.contains("W/\""))
            .map(|tags| tags.replace("W/\"", "\""))
        && let Ok(strong) = HeaderValue::try_from(strong)
    {
        *tags = strong;
    }
    request
}

fn outgoing(response: http::Response<CompressionBody<Body>>) -> Response {
    let mut response = response.map(Body::new);
    let is_compressed = response.headers().contains_key(header::CONTENT_ENCODING);
    let is_not_modified = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    if is_not_modified {
        // What the 200 would have said (RFC 9110 section 15.4.5).
        vary(headers, "accept-encoding");
    }
    if (is_compressed || is_not_modified)
        && let Some(tag) = headers.get_mut(header::ETAG)
        && tag.as_bytes().starts_with(b"\"")
        && let Ok(weak) = HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat())
    {
        *tag = weak;
    }
    response
}

#[cfg(test)]
mod tests;
