//! Metadata files: section 14 of the specification of proxy and configuration, and section 25 of that of handlers.

use bff::{metadata::HeadKind, response::Etag};

use crate::{
    apps::{
        based,
        metadata::{Names, app},
    },
    support::{Server, call},
};

macro_rules! file {
    ($path:literal) => {
        include_bytes!(concat!("../apps/metadata/app/", $path))
    };
}

async fn server() -> Server {
    Server::start(app::router(Names(&["boots", "a b"]))).await
}

const CACHING: Option<&str> = Some("public, max-age=0, must-revalidate");

#[tokio::test]
async fn md_01_md_03_md_09_md_14_mds_01_mdm_01_files_are_served_byte_for_byte_with_their_type() {
    let server = server().await;
    for (path, content_type, bytes) in [
        ("/favicon.ico", "image/x-icon", &file!("favicon.ico")[..]),
        ("/icon.svg", "image/svg+xml", file!("icon.svg")),
        ("/icon1.png", "image/png", file!("icon1.png")),
        ("/social/opengraph-image.png", "image/png", file!("social/opengraph-image.png")),
        ("/social/twitter-image.gif", "image/gif", file!("social/twitter-image.gif")),
        ("/fixed/sitemap.xml", "application/xml; charset=utf-8", file!("fixed/sitemap.xml")),
        ("/manifest.webmanifest", "application/manifest+json", file!("manifest.webmanifest")),
    ] {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(content_type)),
            "{path}"
        );
        assert_eq!(answer.body, bytes, "{path}");
        assert_eq!(answer.header("cache-control"), CACHING, "{path}");
        assert_eq!(answer.header("etag"), Some(&*Etag::of(bytes).to_string()), "{path}");
    }
}

#[tokio::test]
async fn md_03_md_14_mdi_04_code_is_served_with_the_type_of_its_kind_or_its_own() {
    let server = server().await;
    for (path, content_type, text) in [
        ("/robots.txt", "text/plain; charset=utf-8", "User-Agent: *\nAllow: /\n"),
        ("/sitemap.xml", "application/xml; charset=utf-8", "<urlset>boots,a b</urlset>"),
        ("/apple-icon", "image/png", "apple"),
        ("/multi/icon/16", "image/svg+xml", "<svg width=\"16\"/>"),
        ("/prod/7/opengraph-image", "image/png", "product 7"),
        ("/own/icon", "image/webp", "webp"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(content_type)),
            "{path}"
        );
        assert_eq!(answer.text(), text, "{path}");
    }
    for path in ["/robots", "/sitemap", "/apple-icon.png", "/apple_icon", "/manifest.json", "/icon"]
    {
        server.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn md_09_what_the_function_sets_wins() {
    let server = server().await;
    for (path, cache_control) in [
        ("/robots.txt", CACHING),
        ("/multi/icon/32", CACHING),
        ("/prod/7/opengraph-image", Some("max-age=60")),
    ] {
        assert_eq!(server.get(path).await.header("cache-control"), cache_control, "{path}");
    }
    assert_eq!(server.get("/own/icon").await.header("etag"), Some("\"mine\""));
}

#[tokio::test]
async fn md_09_a_client_that_has_it_is_told_so() {
    let server = server().await;
    for path in ["/favicon.ico", "/robots.txt", "/sitemap.xml", "/shop/sitemap.xml", "/own/icon"] {
        let tag = server.get(path).await.header("etag").expect(path).to_owned();
        assert!(tag.starts_with('"'), "{path}: {tag}");
        let again = server.send(call(&format!("GET {path}")).header("if-none-match", &tag)).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let other =
            server.send(call(&format!("GET {path}")).header("if-none-match", "\"x\"")).await;
        assert_eq!(other.status, 200, "{path}");
    }
    let part = server.send(call("GET /icon1.png").header("range", "bytes=1-3")).await;
    assert_eq!((part.status, &*part.body), (206, &b"PNG"[..]));
}

#[tokio::test]
async fn md_08_rh_461_all_of_them_are_handlers_of_get() {
    let server = server().await;
    for path in ["/favicon.ico", "/robots.txt", "/shop/sitemap.xml", "/multi/icon/16"] {
        let (head, get) = (server.send(&*format!("HEAD {path}")).await, server.get(path).await);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        for name in ["content-type", "content-length", "cache-control", "etag"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
        let options = server.send(&*format!("OPTIONS {path}")).await;
        assert_eq!(
            (options.status, options.header("allow")),
            (204, Some("GET, HEAD, OPTIONS")),
            "{path}"
        );
        let post = server.send(&*format!("POST {path}")).await;
        post.problem(405);
        assert_eq!(post.header("allow"), Some("GET, HEAD, OPTIONS"), "{path}");
    }
}

#[tokio::test]
async fn md_06_md_07_below_a_param_a_file_is_the_same_and_a_function_knows_it() {
    let server = server().await;
    for path in ["/prod/7/icon.png", "/prod/-/icon.png", "/prod/a%20b/icon.png"] {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status, &*answer.body),
            (200, &file!("prod/[id]/icon.png")[..]),
            "{path}"
        );
    }
    server.get("/prod/8/opengraph-image").await.is(200, "product 8");
    // The keys of a handler hold.
    server.get("/prod/x/opengraph-image").await.problem(400);
}

#[tokio::test]
async fn md_04_groups_are_not_in_the_url() {
    let server = server().await;
    assert_eq!(server.get("/shop/sitemap/boots.xml").await.status, 200);
    server.get("/(shop)/shop/sitemap/boots.xml").await.problem(404);
}

#[tokio::test]
async fn mds_09_each_listed_sitemap_has_a_url_and_an_index_names_them() {
    let server = server().await;
    server.get("/shop/sitemap/boots.xml").await.is(200, "<urlset>boots</urlset>");
    server.get("/shop/sitemap/a%20b.xml").await.is(200, "<urlset>a b</urlset>");
    let index = server.get("/shop/sitemap.xml").await;
    assert_eq!(index.header("content-type"), Some("application/xml; charset=utf-8"));
    assert_eq!(index.header("cache-control"), CACHING);
    for id in ["boots", "a%20b"] {
        let loc = format!("<loc>http://localhost/shop/sitemap/{id}.xml</loc>");
        assert!(index.text().contains(&loc), "{loc} in {}", index.text());
    }
    assert!(
        index
            .text()
            .contains("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">")
    );
    assert!(index.text().starts_with("<?xml"), "{}", index.text());
    for path in
        ["/shop/sitemap/shoes.xml", "/shop/sitemap/boots", "/shop/sitemap/.xml", "/shop/sitemap"]
    {
        let answer = server.get(path).await;
        answer.problem(404);
        if path.len() > "/shop/sitemap".len() {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        }
    }
    assert_eq!(app::shop::sitemap::id::path("a b"), "/shop/sitemap/a%20b.xml");
    assert_eq!(app::shop::sitemap_xml::path(), "/shop/sitemap.xml");
}

#[tokio::test]
async fn mdi_05_each_listed_image_has_a_url_and_the_bare_one_has_none() {
    let server = server().await;
    for (path, status) in [
        ("/multi/icon/16", 200),
        ("/multi/icon/32", 200),
        ("/multi/icon/64", 404),
        ("/multi/icon/x", 404),
        ("/multi/icon", 404),
    ] {
        assert_eq!(server.get(path).await.status, status, "{path}");
    }
    assert_eq!(server.get("/multi/icon/64").await.header("cache-control"), Some("no-store"));
    assert_eq!(app::multi::icon::id::path(16), "/multi/icon/16");
}

#[tokio::test]
async fn what_fails_is_answered_as_that_of_any_handler() {
    let server = server().await;
    server.get("/failing/twitter-image/1").await.problem(500);
    server.get("/failing/twitter-image/2").await.problem(404);
    server.get("/failing/opengraph-image/1").await.problem(503);
}

#[tokio::test]
async fn policies_and_requirements_of_a_handler_hold() {
    let server = server().await;
    let answer = server.send(call("GET /own/icon").header("origin", "https://a.example")).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://a.example"));
    let route = app::ROUTES.iter().find(|route| route.pattern() == "/own/icon").expect("a route");
    assert_eq!(route.handlers()[0].requirements(), ["always"]);
}

#[test]
fn they_are_among_the_routes() {
    for (pattern, name, file) in [
        ("/favicon.ico", "favicon.ico", "apps/metadata/app/favicon.ico"),
        ("/robots.txt", "made", "apps/metadata/app/robots.rs"),
        ("/shop/sitemap.xml", "parts", "apps/metadata/app/(shop)/shop/sitemap.rs"),
        ("/shop/sitemap/{id}", "part", "apps/metadata/app/(shop)/shop/sitemap.rs"),
        ("/multi/icon/{id}", "made", "apps/metadata/app/multi/icon.rs"),
        ("/prod/{id}/icon.png", "icon.png", "apps/metadata/app/prod/[id]/icon.png"),
    ] {
        let route = app::ROUTES.iter().find(|route| route.pattern() == pattern).expect(pattern);
        assert_eq!((route.handlers()[0].name(), route.file()), (name, file), "{pattern}");
        assert_eq!(route.methods().collect::<Vec<_>>(), ["GET"], "{pattern}");
    }
    assert!(app::ROUTES.iter().all(|route| route.pattern() != "/multi/icon"));
}

#[tokio::test]
async fn md_12_the_base_path_is_in_front_and_no_slash_is_added() {
    let server = Server::start(based::app::router()).await;
    for (path, status) in [
        ("/docs/icon.svg", 200),
        ("/docs/apple-icon", 200),
        ("/docs/sitemap.xml", 200),
        ("/docs/sitemap/1.xml", 200),
        ("/docs/sitemap/2.xml", 404),
        ("/icon.svg", 404),
        ("/sitemap.xml", 404),
    ] {
        assert_eq!(server.get(path).await.status, status, "{path}");
    }
    let index = server.get("/docs/sitemap.xml").await;
    assert!(index.text().contains("<loc>http://localhost/docs/sitemap/1.xml</loc>"), "{index:?}");
    let tags = based::app::head_tags("/about/").to_string();
    assert!(tags.contains("<link rel=\"icon\" href=\"/docs/icon.svg?"), "{tags}");
    assert!(tags.contains("<link rel=\"apple-touch-icon\" href=\"/docs/apple-icon\""), "{tags}");
}

/// The hash that a tag has behind its URL.
fn query(bytes: &[u8]) -> String {
    Etag::of(bytes).to_string()[1..17].to_owned()
}

#[tokio::test]
async fn md_17_tags_are_those_of_the_nearest_folder() {
    let server = server().await;
    let favicon = format!(
        "<link rel=\"icon\" href=\"/favicon.ico?{}\" type=\"image/x-icon\" sizes=\"16x16\">",
        query(file!("favicon.ico"))
    );
    let icons = format!(
        "<link rel=\"icon\" href=\"/icon.svg?{}\" type=\"image/svg+xml\" sizes=\"any\">\n\
         <link rel=\"icon\" href=\"/icon1.png?{}\" type=\"image/png\" sizes=\"32x32\">",
        query(file!("icon.svg")),
        query(file!("icon1.png"))
    );
    let rest = "<link rel=\"apple-touch-icon\" href=\"/apple-icon\" type=\"image/png\" sizes=\"180x180\">\n\
                <link rel=\"manifest\" href=\"/manifest.webmanifest\">";
    server.get("/").await.is(200, &format!("{favicon}\n{icons}\n{rest}\n"));
    // Several that are listed have no tags, and those above stay.
    server.get("/multi").await.is(200, &format!("{favicon}\n{icons}\n{rest}\n"));
    let own = format!(
        "<link rel=\"icon\" href=\"/prod/-/icon.png?{}\" type=\"image/png\" sizes=\"48x24\">",
        query(file!("prod/[id]/icon.png"))
    );
    let image = "<meta property=\"og:image\" content=\"/prod/7/opengraph-image\">\n\
                 <meta property=\"og:image:type\" content=\"image/png\">\n\
                 <meta property=\"og:image:width\" content=\"1200\">\n\
                 <meta property=\"og:image:height\" content=\"630\">\n\
                 <meta property=\"og:image:alt\" content=\"&lt;Product&gt;\">";
    server.get("/prod/7").await.is(200, &format!("{favicon}\n{own}\n{rest}\n{image}\n"));
}

#[tokio::test]
async fn md_17_mdo_02_mdo_03_images_of_other_sites_are_absolute_and_have_their_text() {
    let tags = app::head_tags("/social").with_base("https://example.com");
    let html = tags.to_string();
    for line in [
        format!(
            "<meta property=\"og:image\" content=\"https://example.com/social/opengraph-image.png?{}\">",
            query(file!("social/opengraph-image.png"))
        ),
        "<meta property=\"og:image:width\" content=\"120\">".to_owned(),
        "<meta property=\"og:image:alt\" content=\"A &quot;fox&quot; &amp; a hen\">".to_owned(),
        "<meta name=\"twitter:image:type\" content=\"image/gif\">".to_owned(),
        "<meta name=\"twitter:image:height\" content=\"3\">".to_owned(),
    ] {
        assert!(html.lines().any(|other| other == line), "{line} in {html}");
    }
    let image = tags.iter().find(|tag| tag.kind() == HeadKind::OpengraphImage).expect("an image");
    assert_eq!((image.size(), image.alt()), (Some((120, 63)), Some("A \"fox\" & a hen")));
    let server = server().await;
    for tag in &tags {
        let answer = server.get(tag.url()).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(tag.content_type())),
            "{tag:?}"
        );
    }
}

#[tokio::test]
async fn mds_10_a_sitemap_beyond_the_limit_is_an_index_of_its_parts() {
    let server = server().await;
    let index = server.get("/large/sitemap.xml").await;
    let part = |part| format!("<loc>{}/large/sitemap.xml?part={part}</loc>", "http://localhost");
    let text = index.text();
    assert!(text.contains("<sitemapindex") && text.contains(&part(1)) && text.contains(&part(2)));
    assert!(!text.contains(&part(3)), "{text}");
    for (part, entries) in [(1, 50_000), (2, 1)] {
        let answer = server.get(&format!("/large/sitemap.xml?part={part}")).await;
        assert_eq!(answer.header("content-type"), Some("application/xml; charset=utf-8"));
        assert_eq!(answer.text().matches("<url>").count(), entries, "{part}");
    }
    server.get("/large/sitemap.xml?part=3").await.problem(404);
}

#[tokio::test]
async fn md_10_an_answer_that_is_kept_is_made_once() {
    let server = server().await;
    for path in ["/apple-icon", "/shop/sitemap/boots.xml"] {
        let first = server.get(path).await;
        assert_eq!(first.header("cache-status"), Some("bff; fwd=uri-miss; stored"), "{path}");
        let second = server.get(path).await;
        assert!(second.header("cache-status").is_some_and(|it| it.starts_with("bff; hit")));
        assert_eq!((second.body, second.status), (first.body, 200), "{path}");
    }
    // The tag has the id, and not the name of the file.
    bff::cache::update_tag("name:boots").await.expect("memory is there");
    let again = server.get("/shop/sitemap/boots.xml").await;
    assert_eq!(again.header("cache-status"), Some("bff; fwd=stale; stored"));
    // What is not listed is not kept, and the index runs for each request.
    server.get("/shop/sitemap/none.xml").await.problem(404);
    assert_eq!(server.get("/shop/sitemap.xml").await.header("cache-status"), None);
}
