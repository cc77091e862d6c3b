use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};

use super::Format;
use crate::response::Etag;

/// A picture that is drawn: what [`Image::render`](super::Image::render) makes.
///
/// It is sent with its type, `Cache-Control: public, max-age=0, must-revalidate` (MDO-04) and a strong
/// [`Etag`] of its bytes, so that through a bff router a client that has it is answered 304.
/// [`ResponseExt`](crate::ResponseExt) says otherwise:
///
/// ```
/// use bff::{Response, Result, ResponseExt, og::{Image, text}};
///
/// async fn show() -> Result<Response> {
///     let picture = Image::new(text("hello")).render().await?;
///     Ok(picture.with_cache_control("public, max-age=86400"))
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "it is the response of a handler"]
pub struct ImageResponse {
    format: Format,
    bytes: Bytes,
    etag: HeaderValue,
}

impl ImageResponse {
    /// The tag is that of all clones, and made where the picture is drawn: what it costs is no work for a thread that
    /// answers.
    pub(super) fn new(format: Format, bytes: Vec<u8>) -> Self {
        let etag = Etag::of(&bytes).to_header();
        Self { format, bytes: bytes.into(), etag }
    }

    /// What it is encoded as.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The file.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl IntoResponse for ImageResponse {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.bytes));
        let headers = response.headers_mut();
        let content_type = HeaderValue::from_static(self.format.content_type());
        headers.insert(header::CONTENT_TYPE, content_type);
        let cache = HeaderValue::from_static("public, max-age=0, must-revalidate");
        headers.insert(header::CACHE_CONTROL, cache);
        headers.insert(header::ETAG, self.etag);
        response
    }
}
