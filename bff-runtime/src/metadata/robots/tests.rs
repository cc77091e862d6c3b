use std::time::Duration;

use axum::response::IntoResponse;
use proptest::prelude::*;
use robotstxt::{DefaultMatcher, RobotsParseHandler, parse_robotstxt};

use super::{Robots, RobotsRule};

fn everybody() -> RobotsRule {
    RobotsRule::everybody()
}

#[test]
fn mdr_01_mdr_02_mdr_03_lines_come_in_their_order() {
    for (robots, expected) in [
        (Robots::new(), ""),
        (Robots::new().rule(everybody()), "User-Agent: *\nDisallow:\n\n"),
        (
            Robots::new().rules([everybody(), RobotsRule::new("A").disallow("/")]),
            "User-Agent: *\nDisallow:\n\nUser-Agent: A\nDisallow: /\n\n",
        ),
        (
            Robots::new().rule(everybody().allow("/").disallow("/private/")),
            "User-Agent: *\nAllow: /\nDisallow: /private/\n\n",
        ),
        (
            Robots::new().rule(
                RobotsRule::new("A")
                    .agent("B")
                    .other("Request-Rate", "10/1m")
                    .other("Clean-param", "a")
                    .other("Clean-param", "b")
                    .crawl_delay(Duration::from_secs(3))
                    .disallow("/p")
                    .allow("/")
                    .allow("/x"),
            ),
            "User-Agent: A\nUser-Agent: B\nAllow: /\nAllow: /x\nDisallow: /p\nCrawl-delay: 3\nRequest-Rate: 10/1m\n\
             Clean-param: a\nClean-param: b\n\n",
        ),
        (
            Robots::new()
                .rules([RobotsRule::new("A").disallow("/a"), everybody().disallow("")])
                .host("example.com")
                .sitemaps(["https://example.com/a.xml", "https://example.com/b.xml?x=1&y=2"]),
            "User-Agent: A\nDisallow: /a\n\nUser-Agent: *\nDisallow:\n\nHost: example.com\n\
             Sitemap: https://example.com/a.xml\nSitemap: https://example.com/b.xml?x=1&y=2\n",
        ),
        (
            Robots::new().rule(everybody().allow("").crawl_delay(Duration::ZERO)),
            "User-Agent: *\nDisallow:\n\n",
        ),
        (
            Robots::new().rule(everybody().crawl_delay(Duration::from_millis(500))),
            "User-Agent: *\nDisallow:\nCrawl-delay: 0.5\n\n",
        ),
        (Robots::disallow_everything(), "User-Agent: *\nDisallow: /\n\n"),
        // MDR-05: a relative address is none, and no line ends early.
        (
            Robots::new().sitemap("/sitemap.xml").sitemap("https://a.example/\nDisallow: /"),
            "Sitemap: https://a.example/%0ADisallow:%20/\n",
        ),
        (
            Robots::new().rule(
                everybody().disallow("/a b#c\nAllow: /").disallow("*.pdf$").disallow("/é/%20"),
            ),
            "User-Agent: *\nDisallow: /a%20b%23c%0AAllow:%20/\nDisallow: *.pdf$\nDisallow: /%C3%A9/%20\n\n",
        ),
    ] {
        assert_eq!(robots.document().as_deref(), Ok(expected));
    }
}

#[test]
fn mdr_05_what_would_say_something_else_is_refused() {
    for (robots, expected) in [
        (
            Robots::new().rule(RobotsRule::new("A\nDisallow: /")),
            "robots.txt: the user agent \"A\\nDisallow: /\" is not one word",
        ),
        (
            Robots::new().rule(RobotsRule::new("")),
            "robots.txt: the user agent \"\" is not one word",
        ),
        (
            Robots::new().rule(everybody().disallow("private")),
            "robots.txt: the path \"private\" begins with neither `/` nor `*`",
        ),
        (
            Robots::new().rule(everybody().other("Clean-param", "a\r\nAllow: /")),
            "robots.txt: the value \"a\\r\\nAllow: /\" holds a control character",
        ),
        (
            Robots::new().rule(everybody().other("Clean-param", "ref # /x")),
            "robots.txt: the value \"ref # /x\" holds `#`, which begins a comment",
        ),
        (
            Robots::new().rule(everybody().other("disallow", "private")),
            "robots.txt: the name \"disallow\" has a method, which checks its value",
        ),
        (
            Robots::new().rule(everybody().other("User-Agent", "another one")),
            "robots.txt: the name \"User-Agent\" has a method, which checks its value",
        ),
        (
            Robots::new().rule(everybody().other("Allow: /\n", "a")),
            "robots.txt: the name \"Allow: /\\n\" is made of other characters than letters, digits and hyphens",
        ),
        (
            Robots::new().host("a.example # mine"),
            "robots.txt: the host \"a.example # mine\" is not one word",
        ),
    ] {
        assert_eq!(robots.document().map_err(|error| error.to_string()), Err(expected.to_owned()));
        assert_eq!(robots.into_response().status(), 500);
    }
}

#[test]
fn md_14_mdr_04_it_is_text_in_utf_8() {
    let response = Robots::new().into_response();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
}

#[test]
fn mdr_01_a_crawler_understands_it() {
    let robots = Robots::new()
        .rule(everybody().allow("/").disallow("/private/").disallow("/*.pdf$"))
        .rule(RobotsRule::new("FooBot").agent("BarBot").disallow("/").allow("/public/a b"))
        .sitemap("https://a.example/sitemap.xml");
    let document = robots.document().unwrap();
    for (agent, path, allowed) in [
        ("Other", "/", true),
        ("Other", "/private/x", false),
        ("Other", "/a.pdf", false),
        ("Other", "/a.pdf?x", true),
        ("FooBot", "/x", false),
        ("BarBot", "/x", false),
        ("BarBot", "/public/a%20b/c", true),
    ] {
        let url = format!("https://a.example{path}");
        let understood =
            DefaultMatcher::default().one_agent_allowed_by_robots(&document, agent, &url);
        assert_eq!(understood, allowed, "{agent} {path}");
    }
}

/// Every line as a parser reads it.
#[derive(Default)]
struct Lines(Vec<(String, String)>);

impl Lines {
    fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }
}

impl RobotsParseHandler for Lines {
    fn handle_robots_start(&mut self) {}

    fn handle_robots_end(&mut self) {}

    fn handle_user_agent(&mut self, _: u32, value: &str) {
        self.push("user-agent", value);
    }

    fn handle_allow(&mut self, _: u32, value: &str) {
        self.push("allow", value);
    }

    fn handle_disallow(&mut self, _: u32, value: &str) {
        self.push("disallow", value);
    }

    fn handle_sitemap(&mut self, _: u32, value: &str) {
        self.push("sitemap", value);
    }

    fn handle_unknown_action(&mut self, _: u32, name: &str, value: &str) {
        self.push(name, value);
    }
}

proptest! {
    #[test]
    fn mdr_05_a_parser_reads_as_many_lines_as_were_passed_in(
        agent in "(?s).{0,9}",
        allowed in "(?s)/.{0,20}",
        disallowed in "(?s).{0,20}",
        sitemap in "(?s)https://a\\.example/.{0,20}",
    ) {
        let rule = RobotsRule::new(agent).allow(allowed).disallow(disallowed);
        if let Ok(document) = Robots::new().rule(rule).sitemap(sitemap).document() {
            let mut lines = Lines::default();
            parse_robotstxt(&document, &mut lines);
            let names: Vec<&str> = lines.0.iter().map(|(name, _)| &**name).collect();
            prop_assert_eq!(names, ["user-agent", "allow", "disallow", "sitemap"], "{}", document);
        }
    }
}
