use std::sync::OnceLock;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

use super::finish::with_default_caching;
use crate::{
    response::{Etag, File},
    routing::HandlerFuture,
};

/// A metadata file that is served as it is: a part of the program.
#[derive(Debug)]
pub struct MetadataFile {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    etag: OnceLock<Etag>,
}

impl MetadataFile {
    /// `name` is that of the file itself.
    pub const fn new(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        Self { name, content_type, bytes, etag: OnceLock::new() }
    }

    /// Answers GET (MD-08, MDS-01).
    pub fn answer(&self) -> HandlerFuture {
        Box::pin(std::future::ready(Ok(self.response())))
    }

    /// A tag of its bytes, made when it is first asked for: hashing everything would delay the start.
    pub(super) fn etag(&self) -> &Etag {
        self.etag.get_or_init(|| Etag::of(self.bytes))
    }

    fn response(&self) -> Response {
        let file = File::in_memory(self.name, self.bytes, self.etag().clone());
        let mut response = file.into_response();
        let content_type = HeaderValue::from_static(self.content_type);
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        with_default_caching(&mut response);
        response
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn md_09_md_14_a_file_has_its_type_a_strong_tag_and_is_asked_for_each_time() {
        let file = MetadataFile::new("twitter-image.gif", "image/gif", b"GIF89a");
        let response = file.answer().await.unwrap();
        for (name, expected) in [
            ("content-type", "image/gif"),
            ("cache-control", "public, max-age=0, must-revalidate"),
            ("etag", &Etag::of("GIF89a").to_string()),
            ("accept-ranges", "bytes"),
        ] {
            assert_eq!(response.headers()[name], expected, "{name}");
        }
        assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), "GIF89a");
    }
}
