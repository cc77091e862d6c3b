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
    // Ends and beginnings of tags that only some parsers see.
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script\n>alert(1)</script\n>",
    "<script/>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)",
    "<img src=\"x\"\u{c}onerror=alert(1)>",
    "<img src='x'onerror=alert(1)>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<p title='a>b' onclick=alert(1)>x</p>",
    "<p title=`'><img src=x onerror=alert(1)>`>x</p>",
    // Handlers by any name.
    "<body onpageshow=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div onpointerover=alert(1) ONWHEEL=alert(1)>x</div>",
    "<xss onbeforetoggle=alert(1) popover>x</xss>",
    // Schemes, in the spellings that browsers undo.
    "<a href='javascript&#58;alert(1)'>x</a>",
    "<a href='javascript&#x0003A;alert(1)'>x</a>",
    "<a href='&#106avascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&NewLine;script:alert(1)'>x</a>",
    "<a href='java&Tab;script:alert(1)'>x</a>",
    "<a href='\u{1}javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='livescript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='DATA:text/html,x'>x</a>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='javascript:alert(1)'>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<q cite=' data:text/html,x'>x</q>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<a ping='javascript:alert(1)' href='/'>x</a>",
    "<a xlink:href='javascript:alert(1)'>x</a>",
    "<link rel=stylesheet href='data:text/css,*{}'>",
    "<link rel=import href='//evil.example/x'>",
    "<embed src='javascript:alert(1)'>",
    "<applet code='x'></applet>",
    "<frameset onload=alert(1)><frame src='javascript:alert(1)'></frameset>",
    // Style.
    "<style>@import 'javascript:alert(1)';</style>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<p STYLE=\"behavior:url(#default#time2)\">x</p>",
    "<style><!--</style><script>alert(1)//--></script>",
    // Foreign content, whose elements follow other rules.
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values='javascript:alert(1)'/></svg>",
    "<svg><set attributeName=onload to=alert(1)></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)></svg>#x'></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
    "<svg><title><style><a title='</style></title><img src=x onerror=alert(1)>'>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<math><mi><style></mi></math><img src=x onerror=alert(1)></style>",
    "<math><maction actiontype='statusline#' xlink:href='javascript:alert(1)'>x</maction></math>",
    // Text that is one thing with scripts and another without, and content that is not parsed.
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<noframes><p title='</noframes><script>alert(1)</script>'></noframes>",
    "<noembed><img title='</noembed><img src=x onerror=alert(1)>'></noembed>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<title><p title='</title><script>alert(1)</script>'></title>",
    "<iframe><p title='</iframe><img src=x onerror=alert(1)>'></iframe>",
    "<plaintext><script>alert(1)</script>",
    "<template><p></template><script>alert(1)</script>",
    "<div><template shadowrootmode=open><script>alert(1)</script></template></div>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror=alert(1)>'>",
    "<select><option><script>alert(1)</script></option></select>",
    // Elements that a parser moves.
    "<table><tr><script>alert(1)</script><td>x</td></tr></table>",
    "<table><img src=x onerror=alert(1)></table>",
    "<form><form><script>alert(1)</script></form></form>",
    "<form id=a><div></form><form><input name=attributes onfocus=alert(1)>",
    "<a href=x><table><a href='javascript:alert(1)'>y</a></table></a>",
    "<p><svg><p><style><p title='</style><img src=x onerror=alert(1)>'>",
    // Comments, and what becomes one.
    "<!--<script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!---><script>alert(1)</script>-->",
    "<!><script>alert(1)</script>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!ENTITY x '<script>alert(1)</script>'>",
    "</ script><img src=x onerror=alert(1)>",
    // Entities and bytes that vanish.
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a title='&quot; onclick=alert(1) x=&quot;'>x</a>",
    "<img alt='&quot;><script>alert(1)</script>' src=x>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<img src=x on\0error=alert(1)>",
    "＜script＞alert(1)＜/script＞",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
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

/// Elements that run something, load something, or change how what follows is read.
const FORBIDDEN: &[&str] = &[
    "script",
    "style",
    "svg",
    "math",
    "iframe",
    "object",
    "base",
    "meta",
    "form",
    "template",
    "embed",
    "applet",
    "link",
    "frame",
    "frameset",
    "input",
    "button",
    "select",
    "textarea",
    "noscript",
    "title",
    "xmp",
    "plaintext",
    "audio",
    "video",
];

/// Nothing in it runs, however often it is cleaned. A parser moves what stands where it may not, a link in a link for
/// instance, so the second cleaning may give another text than the first; after that it is the same.
fn assert_harmless(attack: &str) {
    let once = sanitize_html(attack);
    let twice = sanitize_html(&once);
    for html in [&once, &twice] {
        for tag in tags(html) {
            let name =
                tag.trim_matches(['<', '/', '>']).split([' ', '>', '/']).next().unwrap_or_default();
            assert!(!FORBIDDEN.contains(&name), "{attack} became {html}");
            let without_text = tag.split('"').step_by(2).collect::<String>();
            assert!(
                !without_text.contains(" on") && !tag.contains("script:"),
                "{attack} became {html}"
            );
            assert!(
                !tag.contains("=\"data:") && !without_text.contains("style="),
                "{attack} became {html}"
            );
        }
    }
    assert_eq!(sanitize_html(&twice), twice, "{attack}");
}

#[test]
fn rh_397_nothing_of_a_known_attack_runs_however_often_it_is_cleaned() {
    ATTACKS.iter().for_each(|attack| assert_harmless(attack));
}

#[test]
fn rh_397_a_deep_document_costs_no_stack() {
    for (open, close) in [("<b>", "</b>"), ("<div>", ""), ("<svg>", ""), ("<table>", "")] {
        let depth = 20_000;
        let html = format!("{}x{}", open.repeat(depth), close.repeat(depth));
        assert!(sanitize_html(&html).contains('x'));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn rh_397_pieces_of_attacks_stay_harmless(pieces in proptest::collection::vec(proptest::sample::select(ATTACKS), 1..4), cut in 0_usize..60) {
        let html: String = pieces.concat().chars().skip(cut).collect();
        assert_harmless(&html);
    }
}

#[test]
fn what_a_text_needs_stays() {
    let html =
        "<h2>A</h2><p>b <strong>c</strong></p><ul><li>d</li></ul><img src=\"/x.png\" alt=\"e\">";
    assert_eq!(sanitize_html(html), html);
    let link = sanitize_html("<a href=\"https://example.com/\">f</a>");
    assert_eq!(link, "<a href=\"https://example.com/\" rel=\"noopener noreferrer\">f</a>");
}
