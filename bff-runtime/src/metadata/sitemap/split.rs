//! A sitemap that is more than a file may hold (MDS-10).

use std::{convert::Infallible, ops::Range, sync::Arc};

use axum::{body::Body, extract::Request, response::Response};
use futures_util::stream;
use http::header;

use super::{Sitemap, SitemapIndex, sitemap::FRAME};
use crate::{
    RequestExt,
    export::is_exporting,
    metadata::ids::unknown,
    request::{PublicOrigin, QueryPairs, Url},
    response::xml,
};

/// The limits of the format.
const MOST_ENTRIES: usize = 50_000;
const MOST_BYTES: usize = 50 * 1024 * 1024;

/// On a response: the sitemap, for whoever knows its URL.
#[derive(Clone)]
struct Oversized(Arc<Sitemap>);

impl Sitemap {
    pub(super) fn fits_in_a_file(&self) -> bool {
        self.parts().len() <= 1
    }

    /// Entries that go together into a file, as many as it holds. One that is too large by itself has a file of its
    /// own.
    fn parts(&self) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut first = 0;
        for entry in 0..self.len() {
            let bytes = self.start(entry + 1) - self.start(first) + FRAME;
            if entry > first && (entry - first == MOST_ENTRIES || bytes > MOST_BYTES) {
                parts.push(first..entry);
                first = entry;
            }
        }
        if first < self.len() {
            parts.push(first..self.len());
        }
        parts
    }
}

/// The whole sitemap as a response. It is written when somebody reads it, which nobody does once it is split.
pub(super) fn oversized(sitemap: Sitemap) -> Response {
    let sitemap = Arc::new(sitemap);
    let written = Arc::clone(&sitemap);
    let body = stream::once(async move {
        tracing::warn!(
            entries = written.len(),
            "a sitemap is larger than crawlers accept; `Sitemap::at` splits it, and so does `#[sitemap]` where the host is \
             known: by `PublicOrigin`, or by `vary = [\"host\"]` where answers are kept"
        );
        Ok::<_, Infallible>(written.document())
    });
    let mut response = xml("");
    *response.body_mut() = Body::from_stream(body);
    response.extensions_mut().insert(Oversized(sitemap));
    response
}

/// The URL of a request, for [`split_sitemap`]. `None` where parts could not be asked for: a handler whose answers are
/// kept knows no host unless `vary` names it or [`PublicOrigin`] is set, and an exported file has no query.
pub fn url(request: &Request) -> Option<Url> {
    let has_host = request.headers().contains_key(header::HOST)
        || request.uri().authority().is_some()
        || request.extensions().get::<PublicOrigin>().is_some();
    (has_host && !is_exporting(request)).then(|| request.url())
}

/// The part that a query asks for, counted from 1; 0 is one that there never is.
pub(crate) fn asked_part(query: &str) -> Option<usize> {
    let part = QueryPairs::new(query).get("part")?;
    Some(part.parse().unwrap_or(0))
}

/// The response at this URL of a request. One that holds a sitemap of too many entries becomes an index of its parts, or
/// the part that is asked for by `?part=1`; any other stays as it is.
pub fn split_sitemap(mut response: Response, url: Option<&Url>) -> Response {
    let Some(url) = url else { return response };
    let Some(Oversized(sitemap)) = response.extensions_mut().remove() else { return response };
    let parts = sitemap.parts();
    let document = match url.raw_query().and_then(asked_part) {
        None => {
            let urls = (1..=parts.len()).map(|part| url.with_query_pair("part", part));
            SitemapIndex::new().sitemaps(urls).document()
        }
        Some(part) => {
            let part = part.checked_sub(1).and_then(|part| parts.get(part));
            let Some(part) = part else { return unknown() };
            sitemap.document_of(part.clone())
        }
    };
    *response.body_mut() = Body::from(document);
    response
}
