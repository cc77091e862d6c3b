use proptest::prelude::*;

use super::reader::read;
use crate::{
    metadata::{Sitemap, SitemapUrl, SitemapVideo, VideoAccess},
    response::valid_text,
};

proptest! {
    #[test]
    fn mds_06_a_parser_reads_back_the_text_that_was_written(
        title in "(?s).{0,30}",
        description in "(?s).{0,30}",
        language in "(?s).{0,9}",
        country in "(?s).{1,9}",
    ) {
        let video = SitemapVideo::new(&title, "https://a.example/t.png", &description)
            .restriction(VideoAccess::Allow, [&country])
            .uploader(&title);
        let page = SitemapUrl::new("https://a.example/").alternate(&language, "https://a.example/").video(video);
        let document = Sitemap::new().url(page).document();
        let map = read(&document);
        let page = &map.children[0];
        prop_assert_eq!(page.names(), ["loc", "xhtml:link", "video:video"]);
        let expected = valid_text(&language);
        prop_assert_eq!(page.children[1].attribute("hreflang"), Some(&*expected));
        let video = &page.children[2];
        let texts: Vec<&str> = video.children.iter().map(|child| &*child.text).collect();
        let expected = [&title, "https://a.example/t.png", &description, &country, &title].map(valid_text);
        prop_assert_eq!(texts, expected);
    }
}
