/// HTML of a user with nothing in it that runs: no scripts, no handlers, no `javascript:`, no style (feature
/// `sanitize`).
///
/// Tags and attributes that a text needs stay: paragraphs, lists, tables, links, pictures. Links get
/// `rel="noopener noreferrer"`. The work is that of the `ammonia` crate.
///
/// ```
/// use bff::response::sanitize_html;
///
/// assert_eq!(sanitize_html("<p onclick='x()'>Hi<script>alert(1)</script></p>"), "<p>Hi</p>");
/// ```
///
/// It is for the inside of an element of a page, and is made again whenever it is shown: rules change with
/// browsers. Text that is not meant to be HTML goes through [`html_escape`](super::html_escape).
pub fn sanitize_html(html: &str) -> String {
    ammonia::clean(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the published lists of ways around such filters: handlers, schemes, foreign content, comments, and
    /// text that changes its meaning when it is parsed a second time.
    const ATTACKS: &[&str] = &[
        "<script>alert(1)</script>",
        "<SCRIPT/SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<img/src=x/onerror=alert(1)//",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='jAvAsCrIpT&colon;alert(1)'>x</a>",
        "<a href=' &#1; javascript:alert(1)'>x</a>",
        "<a href='java&#9;script:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<div style='background:url(javascript:alert(1))'>x</div>",
        "<base href='//evil.example/'>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<object data='javascript:alert(1)'></object>",
        "<template><script>alert(1)</script></template>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    ];

    /// The tags of a page: `<`, a letter or `/`, up to the `>` outside of quotes.
    fn tags(html: &str) -> Vec<String> {
        let mut tags = Vec::new();
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            let mut quote = None;
            let end = rest[start..].char_indices().find(|(_, c)| {
                match (quote, c) {
                    (None, '"' | '\'') => quote = Some(*c),
                    (Some(open), c) if open == *c => quote = None,
                    _ => {}
                }
                quote.is_none() && *c == '>'
            });
            let end = end.map_or(rest.len(), |(end, _)| start + end + 1);
            tags.push(rest[start..end].to_ascii_lowercase());
            rest = &rest[end..];
        }
        tags
    }

    #[test]
    fn rh_397_nothing_of_a_known_attack_runs_however_often_it_is_cleaned() {
        for attack in ATTACKS {
            let once = sanitize_html(attack);
            for tag in tags(&once) {
                let name = tag
                    .trim_matches(['<', '/', '>'])
                    .split([' ', '>', '/'])
                    .next()
                    .unwrap_or_default();
                let forbidden = [
                    "script", "style", "svg", "math", "iframe", "object", "base", "meta", "form",
                    "template",
                ];
                assert!(!forbidden.contains(&name), "{attack} became {once}");
                let without_text = tag.split('"').step_by(2).collect::<String>();
                assert!(
                    !without_text.contains(" on") && !tag.contains("script:"),
                    "{attack} became {once}"
                );
                assert!(
                    !tag.contains("=\"data:") && !without_text.contains("style="),
                    "{attack} became {once}"
                );
            }
            assert_eq!(sanitize_html(&once), once, "{attack}");
        }
    }

    #[test]
    fn what_a_text_needs_stays() {
        let html = "<h2>A</h2><p>b <strong>c</strong></p><ul><li>d</li></ul><img src=\"/x.png\" alt=\"e\">";
        assert_eq!(sanitize_html(html), html);
        let link = sanitize_html("<a href=\"https://example.com/\">f</a>");
        assert_eq!(link, "<a href=\"https://example.com/\" rel=\"noopener noreferrer\">f</a>");
    }
}
