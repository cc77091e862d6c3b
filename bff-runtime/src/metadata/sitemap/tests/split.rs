use axum::{
    body::{Body, to_bytes},
    extract::Request,
    response::{IntoResponse, Response},
};

use crate::{
    RequestExt, ResponseExt,
    metadata::{Sitemap, SitemapUrl},
    request::Url,
    testing,
};

fn url(path: &str) -> Url {
    let request = Request::get(path).header("host", "a.example").body(Body::empty()).unwrap();
    request.url()
}

fn pages(count: usize) -> Sitemap {
    (0..count).map(|n| format!("https://a.example/{n}")).collect()
}

async fn body(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.into()).unwrap()
}

/// The document at this address: its status, the name of its root, how many addresses, and the first of them.
async fn outline(sitemap: &Sitemap, path: &str) -> (u16, String, usize, String) {
    let response = sitemap.clone().at(&url(path));
    let status = response.status().as_u16();
    if status != 200 {
        return (status, String::new(), 0, String::new());
    }
    assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
    let document = body(response).await;
    let after = |start| document.split(start).nth(1).unwrap();
    let root = after("<?xml")
        .split(['<', ' '])
        .find(|word| word.ends_with("set") || word.ends_with("index"));
    let first = after("<loc>").split("</loc>").next().unwrap().replace("&amp;", "&");
    (status, root.unwrap().to_owned(), document.matches("<loc>").count(), first)
}

#[tokio::test]
async fn mds_10_a_sitemap_of_too_many_pages_is_an_index_of_its_parts() {
    let (few, many) = (pages(50_000), pages(100_001));
    for (sitemap, path, status, root, entries, first) in [
        (&few, "/sitemap.xml", 200, "urlset", 50_000, "https://a.example/0"),
        (&few, "/sitemap.xml?part=9", 200, "urlset", 50_000, "https://a.example/0"),
        (&many, "/s.xml", 200, "sitemapindex", 3, "http://a.example/s.xml?part=1"),
        (&many, "/s.xml?a=1&b", 200, "sitemapindex", 3, "http://a.example/s.xml?a=1&b&part=1"),
        (&many, "/s.xml?part=1", 200, "urlset", 50_000, "https://a.example/0"),
        (&many, "/s.xml?part=2", 200, "urlset", 50_000, "https://a.example/50000"),
        (&many, "/s.xml?part=3", 200, "urlset", 1, "https://a.example/100000"),
        (&many, "/s.xml?part=0", 404, "", 0, ""),
        (&many, "/s.xml?part=4", 404, "", 0, ""),
        (&many, "/s.xml?part=-1", 404, "", 0, ""),
        (&many, "/s.xml?part=", 404, "", 0, ""),
        (&many, "/s.xml?part=99999999999999999999", 404, "", 0, ""),
    ] {
        let expected = (status, root.to_owned(), entries, first.to_owned());
        assert_eq!(outline(sitemap, path).await, expected, "{path}");
    }
    // As any other that is not listed: there may be more pages a moment later.
    let missing = many.clone().at(&url("/s.xml?part=4"));
    assert_eq!(missing.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn mds_10_a_sitemap_of_too_many_bytes_is_split_as_well() {
    // An entry of a little more than 1 MiB, so 50 of them are too much and 49 are not.
    let heavy = |n: u32| {
        let images =
            (0..512).map(|image| format!("https://a.example/{image}/{}", "x".repeat(2_000)));
        SitemapUrl::new(format!("https://a.example/{n}")).images(images)
    };
    let sitemap: Sitemap = (0..60).map(heavy).collect();
    let (_, root, parts, _) = outline(&sitemap, "/sitemap.xml").await;
    assert_eq!((&*root, parts), ("sitemapindex", 2));
    let mut entries = 0;
    for part in 1..=parts {
        let response = sitemap.clone().at(&url(&format!("/sitemap.xml?part={part}")));
        let document = body(response).await;
        assert!(document.len() <= 50 * 1024 * 1024, "{}", document.len());
        assert!(document.contains("xmlns:image"));
        entries += document.matches("<url>\n").count();
    }
    assert_eq!(entries, 60);
}

#[tokio::test]
async fn mds_10_where_nobody_knows_the_url_it_is_sent_whole() {
    let response = pages(50_001).into_response();
    assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
    assert_eq!(body(response).await, pages(50_001).document());
}

#[test]
fn mds_10_a_handler_that_is_not_given_the_host_knows_it_by_the_setting() {
    use crate::{metadata::sitemap::split::url, request::PublicOrigin};

    let mut request = Request::get("/s.xml?part=2").body(Body::empty()).unwrap();
    assert!(url(&request).is_none());
    request.extensions_mut().insert(PublicOrigin("https://a.example".parse().unwrap()));
    assert_eq!(url(&request).unwrap().href(), "https://a.example/s.xml?part=2");
}

#[tokio::test]
async fn mds_10_what_a_handler_puts_on_its_response_stays() {
    use crate::metadata::sitemap::split::split_sitemap;

    let response = pages(50_001).into_response().with_cache_control("max-age=60");
    let response = split_sitemap(response, Some(&url("/sitemap.xml")));
    assert_eq!(response.headers()["cache-control"], "max-age=60");
    assert!(body(response).await.contains("<sitemapindex"));
}

#[tokio::test]
async fn mds_10_an_ordinary_route_splits_by_itself() {
    use axum::{Router, routing::get};

    let app = Router::new().route("/pages.xml", get(async |url: Url| pages(50_001).at(&url)));
    let client = testing::client(app);
    let index = client.get("/pages.xml").await;
    assert!(index.text().contains("/pages.xml?part=2</loc>"), "{}", index.text());
    assert_eq!(client.get("/pages.xml?part=2").await.text().matches("<url>").count(), 1);
    assert_eq!(client.get("/pages.xml?part=3").await.status(), 404);
}
