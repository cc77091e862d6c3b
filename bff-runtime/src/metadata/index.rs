use std::sync::Arc;

use axum::{extract::Request, response::IntoResponse};

use super::{
    SitemapIndex, finish,
    ids::{IdsFuture, without_body},
};
use crate::{
    RequestExt,
    routing::{HandlerFuture, url},
};

/// Answers `sitemap.xml` where there are several: their index (MDS-09).
pub fn index<S>(
    request: Request,
    state: &Arc<S>,
    list: fn(Request, &Arc<S>) -> IdsFuture,
) -> HandlerFuture {
    let (request, copy) = without_body(request);
    let ids = list(copy, state);
    let (seen, path) = (request.url(), request.uri().path().to_owned());
    Box::pin(async move {
        let prefix = format!("{}{}", seen.origin(), seen.base_path());
        let parts = ids.await?.into_iter().map(|id| format!("{prefix}{}", part(&path, &id)));
        let index = SitemapIndex::new().sitemaps(parts).into_response();
        Ok(finish(index, "application/xml; charset=utf-8"))
    })
}

/// The path of one of those sitemaps, given that of the index.
fn part(index: &str, id: &str) -> String {
    let index = index.strip_suffix('/').unwrap_or(index);
    let folder = index.strip_suffix(".xml").unwrap_or(index);
    format!("{folder}{}", url(&["/", ".xml"], &[&id]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mds_09_the_parts_are_below_the_index() {
        for (index, id, expected) in [
            ("/sitemap.xml", "7", "/sitemap/7.xml"),
            ("/shop/a%20b/sitemap.xml", "a b", "/shop/a%20b/sitemap/a%20b.xml"),
            ("/sitemap.xml/", "ü/?", "/sitemap/%C3%BC%2F%3F.xml"),
        ] {
            assert_eq!(part(index, id), expected, "{index} {id}");
        }
    }
}
