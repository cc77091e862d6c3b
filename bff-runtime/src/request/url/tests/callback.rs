use super::*;
use crate::request::Origin;

fn allowed() -> [Origin; 2] {
    ["https://shop.example.com", "http://localhost:5173"].map(|text| text.parse().unwrap())
}

/// Where a client of `http://example.com/base/login` is sent that asks for this.
fn target(text: &str) -> String {
    url("/base/login", "/login").callback_to(text).allow(&allowed()).or("/default")
}

#[test]
fn attack_18_what_leads_to_another_site_or_may_be_taken_for_it_is_not_followed() {
    let long = format!("/{}", "a".repeat(2048));
    let deep = format!("/{}2f/evil.test", "%25".repeat(10));
    let hostile = [
        // Another site.
        "//evil.test",
        "///evil.test",
        "////evil.test",
        "//evil.test/%2e%2e",
        "https://evil.test",
        "http://evil.test/",
        "HTTPS://EVIL.TEST",
        "https:evil.test",
        "https:/evil.test",
        "https:///evil.test",
        "//example.com",
        "//example.com/base/a",
        "https://example.com/base/a",
        "http://example.com:81/base/a",
        "http://example.com./base/a",
        "http://example.com",
        "http://example.com/",
        "http://example.com/basement",
        "http://example.com/elsewhere",
        "http://shop.example.com/",
        "https://shop.example.com:444/",
        "https://localhost:5173/",
        "http://localhost/",
        // One that looks like ours.
        "https://shop.example.com.evil.test/",
        "https://evil.test/https://shop.example.com/",
        "https://evil.test#https://shop.example.com",
        "https://evil.test?https://shop.example.com",
        "https://evilshop.example.com/",
        "https://shop.example.com@evil.test/",
        "https://shop.example.com:pass@evil.test/",
        "https://evil.test\\@shop.example.com/",
        "https://shop.example.com\\.evil.test/",
        "https://shop.example.com%2eevil.test/",
        "https://shop.example.com%00.evil.test/",
        "https://shop\u{3002}example.com/",
        "https://shop.example.com\u{ff0f}evil.test",
        "https://user@shop.example.com/",
        "https://shop.example.com//evil.test",
        "https://shop.example.com/..//evil.test",
        "http://example.com/base//evil.test",
        "http://example.com/base/../../evil.test",
        // Schemes that run something, or lead elsewhere.
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript://example.com/%0aalert(1)",
        "java\tscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "ftp://example.com/",
        "blob:https://example.com/1",
        "about:blank",
        "mailto:a@evil.test",
        // Slashes in other spellings.
        "/\\evil.test",
        "\\/evil.test",
        "\\\\evil.test",
        "/\\/evil.test",
        "/a\\b",
        "/%2f/evil.test",
        "/%2fevil.test",
        "/%2Fevil.test",
        "/%5cevil.test",
        "/%5Cevil.test",
        "/%252f%252fevil.test",
        "/%255cevil.test",
        "/%25252fevil.test",
        &deep,
        "/a%2f%2fevil.test",
        "/\u{ff0f}evil.test",
        "/%ef%bc%8fevil.test",
        "/\u{2215}evil.test",
        "/\u{2044}/evil.test",
        "/a\u{ff3c}evil.test",
        // Segments that are nothing, or lead upwards.
        "/.//evil.test",
        "/..//evil.test",
        "/a//evil.test",
        "/a//",
        "//",
        "/./a",
        "/../a",
        "/a/..",
        "/%2e%2e//evil.test",
        "/%2e/evil.test",
        "/a/%2E%2e/b",
        "/%252e%252e/a",
        "/..;/a",
        "/;//evil.test",
        "/;/evil.test",
        "/\u{ff0e}\u{ff0e}/a",
        "/evil\u{3002}test",
        // Control characters and the ends of lines.
        "/\t/evil.test",
        "/%09/evil.test",
        "/\r\nset-cookie: a=b",
        "/%0d%0aset-cookie:%20a=b",
        "/a\n",
        "\n/a",
        "\t//evil.test",
        "/a\0b",
        "/a%00b",
        "/a\u{85}b",
        "/a\u{2028}b",
        "/a%e2%80%a8b",
        "/a?b\r\nc",
        "/a#b\nc",
        "/\u{7f}",
        "/%ff",
        // No path from the root.
        "",
        " ",
        " /a",
        " //evil.test",
        "evil.test",
        "www.evil.test/a",
        "a/b",
        "./a",
        "../a",
        "?a=b",
        "#a",
        "@evil.test",
        ".evil.test",
        ":80",
        "://evil.test",
        "http",
        "http://",
        "https://[::1",
        "null",
        &long,
    ];
    assert!(hostile.len() >= 60, "{}", hostile.len());
    for text in hostile {
        assert_eq!(target(text), "/default", "{text:?}");
    }
}

#[test]
fn attack_18_pages_of_this_app_and_of_the_origins_on_the_list_are_followed() {
    for (text, expected) in [
        ("/", "/"),
        ("/settings", "/settings"),
        ("/settings/", "/settings/"),
        ("/settings?tab=2#top", "/settings?tab=2#top"),
        ("/a/b.c/d-e_f~g", "/a/b.c/d-e_f~g"),
        ("/a b", "/a%20b"),
        ("/a%20b", "/a%20b"),
        ("/日本/%E6%97%A5", "/%E6%97%A5%E6%9C%AC/%E6%97%A5"),
        ("/100%25", "/100%25"),
        ("/a:b@c", "/a:b@c"),
        ("/a;b=c", "/a;b=c"),
        ("/evil.test", "/evil.test"),
        ("/...", "/..."),
        ("/search?q=//x&u=https://evil.test/%2f%0d", "/search?q=//x&u=https://evil.test/%2f%0d"),
        ("/?next=/a#//b", "/?next=/a#//b"),
        ("/a?b é#c#d", "/a?b%20%C3%A9#c%23d"),
        ("/#", "/#"),
        ("http://example.com/base/settings?tab=2", "/settings?tab=2"),
        ("http://example.com/base", "/"),
        ("http://example.com/base?a", "/?a"),
        ("HTTP://EXAMPLE.com:80/base/a", "/a"),
        ("https://shop.example.com", "https://shop.example.com/"),
        ("https://SHOP.example.com:443/cart?a=1#b", "https://shop.example.com/cart?a=1#b"),
        ("https://shop.example.com?a", "https://shop.example.com/?a"),
        ("http://localhost:5173/a", "http://localhost:5173/a"),
    ] {
        assert_eq!(target(text), expected, "{text:?}");
    }
}

#[test]
fn attack_18_a_callback_is_in_the_query_once() {
    for (sent, expected) in [
        ("/login?next=/a%3Fb%3D1%26c", "/a?b=1&c"),
        ("/login?next=%2Fa", "/a"),
        ("/login?next=/a&next=//evil.test", "/default"),
        ("/login?next=/a&next=/b", "/default"),
        ("/login?next=", "/default"),
        ("/login?next", "/default"),
        ("/login", "/default"),
        ("/login?Next=/a", "/default"),
        ("/login?next=%2F%2Fevil.test", "/default"),
        ("/login?next=/%0d%0aa", "/default"),
        ("/login?next=%2F%252f%2Fevil.test", "/default"),
        ("/login?next=https%3A%2F%2Fevil.test", "/default"),
    ] {
        assert_eq!(url(sent, sent).callback("next").or("/default"), expected, "{sent}");
        let refused = url(sent, sent).callback("next").or_400().map_err(|error| error.status());
        let wanted = if expected == "/default" {
            Err(http::StatusCode::BAD_REQUEST)
        } else {
            Ok(expected.to_owned())
        };
        assert_eq!(refused, wanted, "{sent}");
    }
}

#[test]
fn attack_18_a_host_that_a_client_made_up_leads_nowhere() {
    let mut request = request("/login", "/login");
    request.headers_mut().insert("host", "evil.test".parse().unwrap());
    let url = request.url();
    assert_eq!(url.callback_to("http://evil.test/a").or("/"), "/a");
    assert_eq!(url.callback_to("/a").or("/"), "/a");
}

/// What may come out, as browsers read it.
fn is_harmless(target: &str) -> bool {
    let path = allowed()
        .iter()
        .find_map(|origin| target.strip_prefix(&origin.to_string()))
        .unwrap_or(target);
    let path = &path[..path.find(['?', '#']).unwrap_or(path.len())];
    target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && path.starts_with('/')
        && !path.contains("//")
        && !path.split('/').any(|segment| segment == "." || segment == "..")
        && target.split('#').next().is_some_and(|it| it.parse::<Uri>().is_ok())
}

proptest! {
    #[test]
    fn attack_18_no_text_becomes_a_target_elsewhere(text in reference(), wild in "\\PC*") {
        for text in [format!("/{text}"), format!("https://shop.example.com{text}"), text, wild] {
            let target = target(&text);
            prop_assert!(is_harmless(&target), "{} from {}", target, text);
        }
    }
}
