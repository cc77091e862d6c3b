use std::time::{Duration, SystemTime};

use axum::response::IntoResponse;

use crate::metadata::{
    ChangeFrequency, DateTime, Sitemap, SitemapIndex, SitemapUrl, SitemapVideo, VideoAccess,
};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The document with what every sitemap has around its entries.
fn around(namespaces: &[&str], entries: &str) -> String {
    let declared = namespaces.iter().map(|name| match *name {
        "image" => " xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\"",
        "video" => " xmlns:video=\"http://www.google.com/schemas/sitemap-video/1.1\"",
        "xhtml" => " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"",
        other => panic!("{other}"),
    });
    let declared: String = declared.collect();
    format!(
        "{DECLARATION}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{declared}>\n{entries}</urlset>\n"
    )
}

fn page() -> SitemapUrl {
    SitemapUrl::new("https://a.example/")
}

fn video() -> SitemapVideo {
    SitemapVideo::new("T", "https://a.example/t.png", "D")
}

fn date(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[test]
fn mds_02_mds_03_mds_04_entries_are_written_line_by_line() {
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_704_164_645_678);
    for (page, namespaces, expected) in [
        (page(), &[][..], ""),
        (page().last_modified(time), &[], "<lastmod>2024-01-02T03:04:05.678Z</lastmod>\n"),
        (page().last_modified(date("2024-05-01")), &[], "<lastmod>2024-05-01</lastmod>\n"),
        (page().priority(0.0), &[], "<priority>0</priority>\n"),
        (page().priority(0.8), &[], "<priority>0.8</priority>\n"),
        (page().priority(7.0), &[], "<priority>1</priority>\n"),
        (page().priority(f64::NAN), &[], ""),
        (page().change_frequency(ChangeFrequency::Never), &[], "<changefreq>never</changefreq>\n"),
        (
            page().alternates([
                ("de", "https://a.example/de"),
                ("x-default", "https://a.example/?a=1&b=2"),
            ]),
            &["xhtml"],
            "<xhtml:link rel=\"alternate\" hreflang=\"de\" href=\"https://a.example/de\" />\n\
             <xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://a.example/?a=1&amp;b=2\" />\n",
        ),
        // MDS-08: nothing to say needs no namespace.
        (page().alternates::<&str, &str>([]), &[], ""),
        (
            page().images(["https://a.example/1.png", "https://a.example/2.png"]),
            &["image"],
            "<image:image>\n<image:loc>https://a.example/1.png</image:loc>\n</image:image>\n\
             <image:image>\n<image:loc>https://a.example/2.png</image:loc>\n</image:image>\n",
        ),
        (
            page()
                .video(video())
                .image("https://a.example/1.png")
                .alternate("de", "https://a.example/de")
                .priority(1.0)
                .change_frequency(ChangeFrequency::Daily)
                .last_modified(date("2024-05-01")),
            &["image", "video", "xhtml"],
            "<lastmod>2024-05-01</lastmod>\n<changefreq>daily</changefreq>\n<priority>1</priority>\n\
             <xhtml:link rel=\"alternate\" hreflang=\"de\" href=\"https://a.example/de\" />\n\
             <image:image>\n<image:loc>https://a.example/1.png</image:loc>\n</image:image>\n\
             <video:video>\n<video:title>T</video:title>\n\
             <video:thumbnail_loc>https://a.example/t.png</video:thumbnail_loc>\n\
             <video:description>D</video:description>\n</video:video>\n",
        ),
    ] {
        let entry = format!("<url>\n<loc>https://a.example/</loc>\n{expected}</url>\n");
        assert_eq!(Sitemap::new().url(page).document(), around(namespaces, &entry));
    }
}

#[test]
fn mds_02_every_frequency_has_its_word() {
    use ChangeFrequency::{Always, Daily, Hourly, Monthly, Never, Weekly, Yearly};
    for (frequency, word) in [
        (Always, "always"),
        (Hourly, "hourly"),
        (Daily, "daily"),
        (Weekly, "weekly"),
        (Monthly, "monthly"),
        (Yearly, "yearly"),
        (Never, "never"),
    ] {
        assert_eq!(frequency.as_str(), word);
    }
}

#[test]
fn mds_05_mds_07_the_fields_of_a_video_come_in_their_order() {
    let head = "<video:title>T</video:title>\n<video:thumbnail_loc>https://a.example/t.png</video:thumbnail_loc>\n\
                <video:description>D</video:description>\n";
    for (video, expected) in [
        (video(), String::new()),
        (video().view_count(0), "<video:view_count>0</video:view_count>\n".to_owned()),
        (video().rating(0.0), "<video:rating>0</video:rating>\n".to_owned()),
        (video().duration(Duration::ZERO), String::new()),
        (video().duration(Duration::from_secs(28_801)), String::new()),
        (video().tag(""), String::new()),
        (video().uploader("Ada"), "<video:uploader>Ada</video:uploader>\n".to_owned()),
        (
            video().uploader_with_page("A & B", "https://a.example/?a&b"),
            "<video:uploader info=\"https://a.example/?a&amp;b\">A &amp; B</video:uploader>\n"
                .to_owned(),
        ),
        (
            (0..40).fold(video(), SitemapVideoExt::numbered),
            (0..32).map(|n| format!("<video:tag>{n}</video:tag>\n")).collect(),
        ),
        (
            video()
                .uploader("Ada")
                .platform(VideoAccess::Deny, ["tv"])
                .restriction(VideoAccess::Allow, ["IE", "GB"])
                .live(false)
                .requires_subscription(false)
                .family_friendly(true)
                .published(date("2024-05-01"))
                .expires(date("2025-05-01T00:00:00Z"))
                .rating(4.5)
                .tag("x")
                .view_count(12)
                .duration(Duration::from_secs(600))
                .player("https://a.example/p?v=1&w=2")
                .content("https://a.example/v.mp4"),
            "<video:content_loc>https://a.example/v.mp4</video:content_loc>\n\
             <video:player_loc>https://a.example/p?v=1&amp;w=2</video:player_loc>\n\
             <video:duration>600</video:duration>\n\
             <video:view_count>12</video:view_count>\n\
             <video:tag>x</video:tag>\n\
             <video:rating>4.5</video:rating>\n\
             <video:expiration_date>2025-05-01T00:00:00Z</video:expiration_date>\n\
             <video:publication_date>2024-05-01</video:publication_date>\n\
             <video:family_friendly>yes</video:family_friendly>\n\
             <video:requires_subscription>no</video:requires_subscription>\n\
             <video:live>no</video:live>\n\
             <video:restriction relationship=\"allow\">IE GB</video:restriction>\n\
             <video:platform relationship=\"deny\">tv</video:platform>\n\
             <video:uploader>Ada</video:uploader>\n"
                .to_owned(),
        ),
    ] {
        let entry = format!(
            "<url>\n<loc>https://a.example/</loc>\n<video:video>\n{head}{expected}</video:video>\n</url>\n"
        );
        let document = Sitemap::new().url(page().video(video)).document();
        assert_eq!(document, around(&["video"], &entry));
    }
}

trait SitemapVideoExt {
    fn numbered(self, n: u32) -> Self;
}

impl SitemapVideoExt for SitemapVideo {
    fn numbered(self, n: u32) -> Self {
        self.tag(n.to_string())
    }
}

#[test]
fn mds_06_addresses_are_encoded_and_escaped_and_no_others_are_written() {
    let sitemap: Sitemap = [
        "https://a.example/?a=1&b='2'",
        "https://a.example/a b/é<",
        "/relative",
        "ftp://a.example/",
        "",
    ]
    .into_iter()
    .collect();
    assert_eq!((sitemap.len(), sitemap.is_empty(), sitemap.left_out()), (2, false, 3));
    let entries = "<url>\n<loc>https://a.example/?a=1&amp;b=&apos;2&apos;</loc>\n</url>\n\
                   <url>\n<loc>https://a.example/a%20b/%C3%A9%3C</loc>\n</url>\n";
    assert_eq!(sitemap.document(), around(&[], entries));

    let page = page()
        .alternate("de", "/de")
        .image("/1.png")
        .video(SitemapVideo::new("T", "t.png", "D"))
        .video(video().content("v.mp4").player("p").uploader_with_page("Ada", "/ada"));
    let sitemap = Sitemap::new().urls([page]);
    assert_eq!(sitemap.left_out(), 6);
    let entry = "<url>\n<loc>https://a.example/</loc>\n<video:video>\n<video:title>T</video:title>\n\
                 <video:thumbnail_loc>https://a.example/t.png</video:thumbnail_loc>\n\
                 <video:description>D</video:description>\n<video:uploader>Ada</video:uploader>\n</video:video>\n</url>\n";
    assert_eq!(sitemap.document(), around(&["video"], entry));
}

#[test]
fn mds_09_an_index_lists_sitemaps() {
    let index = SitemapIndex::new()
        .sitemap("https://a.example/sitemap/1.xml")
        .sitemap_changed("https://a.example/sitemap.xml?a&b", date("2024-05-01"))
        .sitemaps(["/relative"]);
    assert_eq!(
        index.document(),
        format!(
            "{DECLARATION}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <sitemap>\n<loc>https://a.example/sitemap/1.xml</loc>\n</sitemap>\n\
             <sitemap>\n<loc>https://a.example/sitemap.xml?a&amp;b</loc>\n<lastmod>2024-05-01</lastmod>\n</sitemap>\n\
             </sitemapindex>\n"
        )
    );
}

#[test]
fn md_14_both_are_xml_in_utf_8() {
    for response in [
        Sitemap::new().into_response(),
        Sitemap::new().url("https://a.example/").into_response(),
        SitemapIndex::new().into_response(),
    ] {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
    }
}
