//! What the schemas of sitemaps.org (version 0.9) ask of a document, as tables of our own: their text has a licence
//! that a program of ours cannot carry along. Elements that the schemas leave to others (`##other`) stand after those of
//! their own.

use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::reader::{Element, read};
use crate::metadata::{
    ChangeFrequency, Sitemap, SitemapIndex, SitemapUrl, SitemapVideo, VideoAccess,
};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A child: its name, whether it has to be there, and what its text is.
type Child = (&'static str, bool, fn(&str) -> bool);

const OF_A_URL: &[Child] = &[
    ("loc", true, is_location),
    ("lastmod", false, is_date),
    ("changefreq", false, is_frequency),
    ("priority", false, is_priority),
];

const OF_A_SITEMAP: &[Child] = &[("loc", true, is_location), ("lastmod", false, is_date)];

fn is_location(text: &str) -> bool {
    (12..=2048).contains(&text.chars().count()) && text.bytes().all(|it| it.is_ascii_graphic())
}

/// `xsd:date` or `xsd:dateTime`.
fn is_date(text: &str) -> bool {
    let pattern = r"^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d))?$";
    regex::Regex::new(pattern).unwrap().is_match(text)
}

fn is_frequency(text: &str) -> bool {
    ["always", "hourly", "daily", "weekly", "monthly", "yearly", "never"].contains(&text)
}

/// `xsd:decimal` from 0 to 1: digits, without an exponent.
fn is_priority(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit() || it == b'.')
        && text.parse::<f64>().is_ok_and(|it| (0.0..=1.0).contains(&it))
}

fn holds_to_the_schema(document: &str) -> Result<Element, String> {
    let root = read(document);
    let (entry, children) = match &*root.name {
        "urlset" => ("url", OF_A_URL),
        "sitemapindex" => ("sitemap", OF_A_SITEMAP),
        other => return Err(format!("the root is {other}")),
    };
    if root.attribute("xmlns") != Some(NAMESPACE) {
        return Err("the namespace is missing".to_owned());
    }
    if root.children.is_empty() {
        return Err("there is no entry".to_owned());
    }
    for element in &root.children {
        if element.name != entry || !element.attributes.is_empty() {
            return Err(format!("{} below the root", element.name));
        }
        in_order(element, children, &root)?;
    }
    Ok(root)
}

/// A sequence: each of the children at most once and in this order, then elements of declared namespaces.
fn in_order(element: &Element, children: &[Child], root: &Element) -> Result<(), String> {
    let mut rest = element.children.iter().peekable();
    for (name, required, is_valid) in children {
        match rest.next_if(|child| child.name == *name) {
            Some(child) if is_valid(&child.text) && child.children.is_empty() => {}
            Some(child) => return Err(format!("{name}: {:?}", child.text)),
            None if *required => return Err(format!("{name} is missing")),
            None => {}
        }
    }
    for other in rest {
        let declared = other.name.split_once(':').is_some_and(|(prefix, _)| {
            root.attribute(&format!("xmlns:{prefix}")).is_some_and(|it| it != NAMESPACE)
        });
        if !declared {
            return Err(format!("{} is out of place", other.name));
        }
    }
    Ok(())
}

/// The schema says something: mistakes are found.
#[test]
fn the_tables_find_what_is_wrong() {
    let within = |text: &str| format!("<urlset xmlns=\"{NAMESPACE}\">{text}</urlset>");
    for (document, mistake) in [
        (within("<url><loc>https://a.example/</loc></url>"), None),
        (within(""), Some("there is no entry")),
        (within("<url></url>"), Some("loc is missing")),
        (within("<url><loc>/relative</loc></url>"), Some("loc: \"/relative\"")),
        (
            within("<url><loc>https://a.example/</loc><priority>2</priority></url>"),
            Some("priority: \"2\""),
        ),
        (
            within("<url><loc>https://a.example/</loc><priority>1e-1</priority></url>"),
            Some("priority: \"1e-1\""),
        ),
        (
            within("<url><loc>https://a.example/</loc><changefreq>often</changefreq></url>"),
            Some("changefreq: \"often\""),
        ),
        (
            within(
                "<url><loc>https://a.example/</loc><priority>1</priority><lastmod>2024-05-01</lastmod></url>",
            ),
            Some("lastmod is out of place"),
        ),
        (
            within("<url><loc>https://a.example/</loc><image:image></image:image></url>"),
            Some("image:image is out of place"),
        ),
        ("<urlset></urlset>".to_owned(), Some("the namespace is missing")),
    ] {
        assert_eq!(holds_to_the_schema(&document).err().as_deref(), mistake, "{document}");
    }
}

#[test]
fn mds_09_an_index_holds_to_its_schema() {
    let index = SitemapIndex::new()
        .sitemap("https://a.example/sitemap/1.xml?a=1&b=2")
        .sitemap_changed("https://a.example/sitemap/2.xml", SystemTime::now());
    assert_eq!(holds_to_the_schema(&index.document()).map(|it| it.children.len()), Ok(2));
}

fn any_page() -> impl Strategy<Value = SitemapUrl> {
    let frequency = prop::sample::select(vec![ChangeFrequency::Always, ChangeFrequency::Yearly]);
    let video = ("(?s).{0,9}", "(?s).{0,9}", any::<f64>(), any::<u64>());
    (
        "(?s)https://a\\.example/.{0,20}",
        prop::option::of(any::<u64>()),
        prop::option::of(any::<f64>()),
        prop::option::of(frequency),
        prop::collection::vec(("(?s).{0,6}", "(?s)https://a\\.example/.{0,9}"), 0..3),
        prop::option::of(video),
    )
        .prop_map(|(url, seconds, priority, frequency, alternates, video)| {
            let mut page = SitemapUrl::new(url).alternates(alternates);
            // Beyond what the system's clock can hold there is no time to pass in.
            let time = |seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
            if let Some(time) = seconds.and_then(time) {
                page = page.last_modified(time);
            }
            if let Some(priority) = priority {
                page = page.priority(priority);
            }
            if let Some(frequency) = frequency {
                page = page.change_frequency(frequency);
            }
            if let Some((title, text, rating, count)) = video {
                let video = SitemapVideo::new(&title, "https://a.example/t.png", &text)
                    .rating(rating)
                    .view_count(count)
                    .restriction(VideoAccess::Allow, [&title])
                    .uploader(&text);
                page = page.video(video).image("https://a.example/1.png");
            }
            page
        })
}

proptest! {
    #[test]
    fn mds_03_whatever_is_passed_in_holds_to_the_schema(pages in prop::collection::vec(any_page(), 1..4)) {
        let count = pages.len();
        let document = Sitemap::new().urls(pages).document();
        prop_assert_eq!(holds_to_the_schema(&document).map(|it| it.children.len()), Ok(count), "{}", document);
    }
}
