use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;

use crate::response::NOT_IN_A_URL;

/// The longest URL that the schema of sitemaps has room for.
const LONGEST: usize = 2048;

/// A URL of the web, in full and no longer than a sitemap takes. What no URL holds as it stands is encoded: spaces,
/// line breaks, letters beyond ASCII.
pub(super) fn web_url(text: &str) -> Option<Cow<'_, str>> {
    let (scheme, rest) = text.split_once("://")?;
    let has_host = !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':', '@']);
    if !has_host || !["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)) {
        return None;
    }
    let url = Cow::from(utf8_percent_encode(text, NOT_IN_A_URL));
    (url.len() <= LONGEST).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_whole_and_encoded() {
        for (text, expected) in [
            ("https://example.com", Some("https://example.com")),
            ("http://example.com/a?b=1&c='2'", Some("http://example.com/a?b=1&c='2'")),
            ("HTTPS://example.com/%20", Some("HTTPS://example.com/%20")),
            ("https://example.com/a b/é", Some("https://example.com/a%20b/%C3%A9")),
            ("https://example.com/\r\n<x>", Some("https://example.com/%0D%0A%3Cx%3E")),
            ("/posts/7", None),
            ("posts/7", None),
            ("//example.com/", None),
            ("https://", None),
            ("https:///a", None),
            ("javascript://example.com/", None),
            ("mailto:a@example.com", None),
            ("", None),
        ] {
            assert_eq!(web_url(text).as_deref(), expected, "{text:?}");
        }
        let long = |length: usize| format!("https://a.example/{}", "x".repeat(length - 18));
        assert!(web_url(&long(2048)).is_some());
        assert!(web_url(&long(2049)).is_none());
    }
}
