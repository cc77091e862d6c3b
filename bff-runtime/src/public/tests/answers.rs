use std::time::Duration;

use super::*;

#[tokio::test]
async fn pf_01_pf_09_to_pf_13_what_is_served_in_every_way() {
    let site = Site::new();
    for (way, public) in site.each_way() {
        for (path, expected) in [
            ("/a.txt", Some((200, &b"hello bff"[..]))),
            ("/noext", Some((200, b"bytes"))),
            ("/noext/", Some((200, b"bytes"))),
            ("/a.txt/", Some((308, b""))),
            ("/dir/index.html", Some((200, b"<p>"))),
            ("/.well-known/x", Some((200, b"known"))),
            ("/sub/a%20b.txt", Some((200, b"space"))),
            ("/sub/%C3%A9.txt", Some((200, b"unicode"))),
            ("/sub/%c3%a9.txt", Some((200, b"unicode"))),
            ("/sub/%5Bx%5D.txt", Some((200, b"brackets"))),
            ("/sub/[x].txt", Some((200, b"brackets"))),
            ("/dir/x.js.br", Some((200, b"as br"))),
            ("/", None),
            ("/A.TXT", None),
            ("/Sub/a%20b.txt", None),
            ("/index", None),
            ("/dir", None),
            ("/dir/", None),
            ("/.well-known", None),
            ("/.well-known/", None),
            ("/.well-known/.x", None),
            ("/.env", None),
            ("/.git/config", None),
            ("/a.txt/b", None),
            ("/missing", None),
            ("//a.txt", None),
            ("/dir//x.js", None),
            ("/dir/./x.js", None),
            ("/dir/../a.txt", None),
            ("/../secret.txt", None),
            ("/a.txt%00", None),
            ("/a.txt%20", None),
            ("/a.txt.", None),
            ("/a.txt::$DATA", None),
            ("/dir%5Cx.js", None),
            ("/C:/a.txt", None),
            ("/%61.txt", None),
            ("/sub%2Fa%20b.txt", None),
        ] {
            let found = get(&public, path).await;
            let found = found.as_ref().map(|(status, body)| (*status, &**body));
            assert_eq!(found, expected, "{path} {way}");
        }
    }
}

#[tokio::test]
async fn pf_03_pf_04_the_headers_of_a_file() {
    let site = Site::new();
    for (way, public) in site.each_way() {
        for (path, kind, varies) in [
            ("/a.txt", "text/plain; charset=utf-8", false),
            ("/noext", "application/octet-stream", false),
            ("/dir/x.js", "text/javascript; charset=utf-8", true),
            ("/dir/x.js.gz", "application/gzip", false),
        ] {
            let response = answer(&public, &request("GET", path, &[])).await.expect(path);
            let headers = response.headers();
            for (name, value) in [
                ("content-type", kind),
                ("cache-control", "public, max-age=0"),
                ("accept-ranges", "bytes"),
                ("x-content-type-options", "nosniff"),
            ] {
                assert_eq!(headers[name], value, "{path} {way}");
            }
            assert!(headers.contains_key("etag"), "{path} {way}");
            // A file in the program has no date that would be the same in every build of it.
            assert_eq!(headers.contains_key("last-modified"), way != "embedded", "{path} {way}");
            let vary = headers.get("vary").map(|value| value.as_bytes());
            assert_eq!(vary, varies.then_some(&b"accept-encoding"[..]), "{path} {way}");
            let length = body(response).await.len() as u64;
            let head = answer(&public, &request("HEAD", path, &[])).await.expect(path);
            assert_eq!(head.headers()["content-length"], length.to_string(), "{path} {way}");
            assert!(body(head).await.is_empty());
        }
    }
}

#[tokio::test]
async fn pf_05_to_pf_08_conditions_ranges_and_methods() {
    let site = Site::new();
    for (way, public) in site.each_way() {
        let first = answer(&public, &request("GET", "/big.txt", &[])).await.expect("a file");
        let tag = first.headers()["etag"].to_str().expect("a tag").to_owned();
        for (method, header, status, length) in [
            ("GET", ("if-none-match", &*tag), 304, 0),
            ("HEAD", ("if-none-match", &*tag), 304, 0),
            ("GET", ("if-none-match", "\"other\""), 200, 5000),
            ("GET", ("if-match", "\"other\""), 412, 0),
            ("GET", ("if-match", &*tag), 200, 5000),
            ("GET", ("range", "bytes=0-9"), 206, 10),
            ("GET", ("range", "bytes=9999-"), 416, 0),
            ("GET", ("range", "lines=1-2"), 200, 5000),
            ("POST", ("x", ""), 405, 0),
            ("PUT", ("if-match", "\"other\""), 405, 0),
            ("OPTIONS", ("x", ""), 204, 0),
        ] {
            let response = answer(&public, &request(method, "/big.txt", &[header])).await;
            let response = response.expect("a file");
            assert_eq!(response.status(), status, "{method} {header:?} {way}");
            let headers = response.headers();
            match status {
                304 => {
                    assert_eq!(headers["etag"], tag, "{way}");
                    assert_eq!(headers["cache-control"], "public, max-age=0");
                }
                204 | 405 => assert_eq!(headers["allow"], "GET, HEAD, OPTIONS"),
                206 => assert_eq!(headers["content-range"], "bytes 0-9/5000"),
                416 => assert_eq!(headers["content-range"], "bytes */5000"),
                _ => {}
            }
            let sent = body(response).await.len();
            // What is refused has a document about it.
            assert!(status >= 400 || sent == length, "{sent} {method} {header:?} {way}");
        }
    }
}

#[tokio::test]
async fn pf_02_what_is_live_is_seen_at_once_and_what_is_listed_when_it_is_listed() {
    let site = Site::new();
    let [(_, listed), (_, live), (_, embedded)] = site.each_way();
    site.write("public/new.txt", b"new");
    site.write_aged("public/a.txt", b"edited", Duration::ZERO);
    assert_eq!(get(&live, "/new.txt").await, Some((200, b"new".to_vec())));
    assert_eq!(get(&listed, "/new.txt").await, None);
    for (public, expected) in [(&live, "edited"), (&listed, "edited"), (&embedded, "hello bff")] {
        assert_eq!(get(public, "/a.txt").await, Some((200, expected.into())));
    }
    fs::remove_file(site.folder.path().join("public/a.txt")).expect("a file");
    assert_eq!(get(&live, "/a.txt").await, None);
    assert_eq!(get(&listed, "/a.txt").await.map(|(status, _)| status), Some(404));
    assert_eq!(get(&site.public(false), "/new.txt").await, Some((200, b"new".to_vec())));
}
