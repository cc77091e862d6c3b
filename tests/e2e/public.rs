//! Files of `public/`: section 13 of the specification of proxy and configuration, and its annex 5.5, for a folder on
//! the disk and for one in the program.

use bff::{
    __private::{
        pipeline::Front,
        public::{File, Folder},
        router_behind,
    },
    axum::Router,
    explain::Stage,
    http::Method,
};

use crate::{
    apps::{based, rules, site},
    support::{Answer, Server, call},
};

macro_rules! files {
    ($($path:literal)+) => {
        &[$(File::new($path, include_bytes!(concat!("../apps/site/public/", $path)))),+]
    };
}

/// What a release build with `public = "embed"` has, sorted.
static EMBEDDED: Folder = Folder::embedded(files! {
    ".well-known/x" "a.txt" "big.txt" "dir/index.html" "dyn/file" "guarded/secret.txt" "named" "noext"
    "sub/[x].txt" "sub/a b.txt"
});

/// What stands in files that are not served, or not to everybody.
const SECRET: &[u8] = b"secret";

async fn on_disk() -> Server {
    Server::start(site::app::router()).await
}

/// The files alone, without routes and proxy.
async fn in_memory() -> Server {
    Server::start(router_behind::<()>(&Front::new().public(&EMBEDDED), &[], &[], (), None)).await
}

async fn both() -> [Server; 2] {
    [on_disk().await, in_memory().await]
}

/// The lines of a response that say what it is.
fn head(answer: &Answer) -> Vec<(String, String)> {
    let mut headers = answer.clone().without_noise().headers;
    headers.sort();
    headers
}

#[tokio::test]
async fn annex_5_5_bp_33_paths_of_files() {
    for server in both().await {
        for (path, status, body) in [
            ("/a.txt", 200, "hello bff"),
            ("/a.txt?x=1", 200, "hello bff"),
            ("/A.TXT", 404, ""),
            ("/a.txt/", 308, "/a.txt"),
            ("/a.txt/?x=1", 308, "/a.txt?x=1"),
            ("/dir", 404, ""),
            ("/dir/", 404, ""),
            ("/dir/index.html", 200, "<p>hello</p>\n"),
            ("/index", 404, ""),
            ("/.hidden", 404, ""),
            ("/.well-known/x", 200, "known"),
            ("/sub/a%20b.txt", 200, "space"),
            ("/sub/%5Bx%5D.txt", 200, "brackets"),
            ("/noext", 200, "bytes"),
            ("/noext/", 200, "bytes"),
            ("//a.txt", 308, "/a.txt"),
            ("/dir//index.html", 308, "/dir/index.html"),
            ("/dir/../a.txt", 308, "/a.txt"),
            // The canonical path is looked for by the next request, and is not there.
            ("/%2e%2e/package.json", 308, "/package.json"),
            ("/package.json", 404, ""),
            // A backslash is refused for every path of an app (RH-041).
            ("/dir\\index.html", 400, ""),
        ] {
            let answer = server.get(path).await;
            assert_eq!(answer.status, status, "{path} {answer:?}");
            match status {
                200 => assert_eq!(answer.text(), body, "{path}"),
                308 => assert_eq!(answer.header("location"), Some(body), "{path}"),
                _ => drop(answer.problem(status)),
            }
        }
    }
}

#[tokio::test]
async fn annex_5_5_pf_05_pf_06_pf_07_pf_08_methods_ranges_and_conditions() {
    for server in both().await {
        let tag = server.get("/big.txt").await.header("etag").expect("a tag").to_owned();
        for (line, name, value, status, length) in [
            ("GET /big.txt", "range", "bytes=0-9", 206, 10),
            ("GET /big.txt", "range", "bytes=9999-", 416, 0),
            ("GET /big.txt", "if-none-match", &*tag, 304, 0),
            ("GET /big.txt", "if-none-match", "*", 304, 0),
            ("GET /big.txt", "if-match", "\"other\"", 412, 0),
            ("GET /big.txt", "if-match", &tag, 200, 5000),
            ("HEAD /big.txt", "range", "bytes=0-9", 200, 0),
            ("HEAD /big.txt", "if-match", "\"other\"", 412, 0),
            ("POST /a.txt", "x-none", "", 405, 0),
            ("DELETE /a.txt", "if-match", "\"other\"", 405, 0),
            ("PROPFIND /a.txt", "range", "bytes=0-9", 405, 0),
            ("OPTIONS /a.txt", "x-none", "", 204, 0),
        ] {
            let answer = server.send(call(line).header(name, value)).await;
            assert_eq!(answer.status, status, "{line} {name}: {value} {answer:?}");
            assert_eq!(answer.lines("allow").len(), usize::from(matches!(status, 204 | 405)));
            match status {
                204 => assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS")),
                206 => assert_eq!(answer.header("content-range"), Some("bytes 0-9/5000")),
                304 => {
                    assert_eq!(answer.header("etag"), Some(&*tag));
                    assert_eq!(answer.header("cache-control"), Some("public, max-age=0"));
                }
                405 => {
                    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
                    answer.problem(405);
                }
                412 if line.starts_with("GET") => drop(answer.problem(412)),
                416 => {
                    assert_eq!(answer.header("content-range"), Some("bytes */5000"));
                    answer.problem(416);
                }
                _ => {}
            }
            if status < 400 {
                assert_eq!(answer.body.len(), length, "{line} {name}: {value}");
            }
        }
    }
}

/// The reference sends the whole file; RFC 9110 section 14 has a form for several ranges, and RH-197 takes it.
#[tokio::test]
async fn pf_06_rh_197_several_ranges_are_parts_of_one_body() {
    for server in both().await {
        let asked = call("GET /big.txt").header("range", "bytes=0-1,10-11");
        let answer = server.send(asked).await;
        assert_eq!(answer.status, 206);
        let kind = answer.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("multipart/byteranges; boundary="), "{kind}");
    }
}

#[tokio::test]
async fn pf_03_pf_04_head_has_the_headers_of_get() {
    for server in both().await {
        for (path, kind) in [
            ("/a.txt", "text/plain; charset=utf-8"),
            ("/dir/index.html", "text/html; charset=utf-8"),
            ("/noext", "application/octet-stream"),
        ] {
            let get = server.get(path).await;
            let length = get.body.len().to_string();
            for (name, value) in [
                ("accept-ranges", "bytes"),
                ("cache-control", "public, max-age=0"),
                ("content-length", &*length),
                ("content-type", kind),
                ("x-content-type-options", "nosniff"),
            ] {
                assert_eq!(get.header(name), Some(value), "{path}");
            }
            let sent_head = server.send(call(&format!("HEAD {path}"))).await;
            assert_eq!((sent_head.status, sent_head.body.len()), (200, 0));
            assert_eq!(head(&sent_head), head(&get), "{path}");
        }
    }
    let date = on_disk().await.get("/a.txt").await.header("last-modified").map(str::to_owned);
    let asked = call("GET /a.txt").header("if-modified-since", &date.expect("a date"));
    assert_eq!(on_disk().await.send(asked).await.status, 304);
}

#[tokio::test]
async fn pl_01_pl_08_pl_10_px_71_the_proxy_runs_first_then_files_then_routes() {
    let server = on_disk().await;
    server.get("/api/echo").await.is(200, "echo");
    server.send("POST /api/echo").await.is(200, "echo");
    server.get("/dyn/file").await.is(200, "file");
    server.get("/dyn/other").await.is(200, "slug other");
    server.get("/rewritten").await.is(200, "hello bff");
    let named = server.get("/named").await;
    assert_eq!((named.text(), named.header("x-by")), ("named", Some("proxy")));
    let changed = call("GET /named").header("if-none-match", named.header("etag").expect("a tag"));
    assert_eq!(server.send(changed).await.status, 304);
    server.get("/missing").await.problem(404);
}

#[tokio::test]
async fn pl_08_rd_10_rw_05_hd_05_pf_17_rules_around_files() {
    let server = on_disk().await;
    server.get("/override.txt").await.is(200, "echo");
    server.get("/dyn/file").await.is(200, "file");
    server.get("/dyn/special").await.is(200, "hello bff");
    server.get("/gone/x").await.is(200, "bytes");
    let redirect = server.get("/redirected.txt").await;
    assert_eq!((redirect.status, redirect.header("location")), (307, Some("/a.txt")));
    for (path, cache_control, config) in [
        ("/sub/a%20b.txt", "public, max-age=99", Some("yes")),
        ("/a.txt", "public, max-age=0", None),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.header("cache-control"), Some(cache_control), "{path}");
        assert_eq!(answer.header("x-config"), config, "{path}");
        let tag = answer.header("etag").expect("a tag").to_owned();
        let again = server.send(call(&format!("GET {path}")).header("if-none-match", &tag)).await;
        assert_eq!((again.status, again.header("cache-control")), (304, Some(cache_control)));
    }
}

#[tokio::test]
async fn bp_01_below_a_nest_the_files_have_its_prefix() {
    let router = Router::new().nest_service("/docs", site::app::router());
    let server = Server::start(router).await;
    server.get("/docs/a.txt").await.is(200, "hello bff");
    let redirect = server.get("/docs/a.txt/?x=1").await;
    assert_eq!((redirect.status, redirect.header("location")), (308, Some("/docs/a.txt?x=1")));
    assert_eq!(server.get("/a.txt").await.status, 404);
}

/// And GHSA-36qx-fr4f-26g5.
#[tokio::test]
async fn cve_2025_29927_cve_2025_66202_a_file_that_the_proxy_guards_is_had_by_no_other_spelling() {
    let server = on_disk().await;
    for path in [
        "/guarded/secret.txt",
        "/guarded/secret.txt/",
        "//guarded/secret.txt",
        "/guarded//secret.txt",
        "/x/../guarded/secret.txt",
        "/%67uarded/secret.txt",
        "/guarded%2Fsecret.txt",
        "/guarded%2fsecret.txt",
        "/guarded%5Csecret.txt",
        "/guarded;x/secret.txt",
        "/guarded/secret.tx%74",
        "/guarded/secret%2Etxt",
        "/%2567uarded/secret.txt",
        "/Guarded/secret.txt",
        "/guarded/./secret.txt",
        "/guarded/%2e/secret.txt",
        "/guarded/secret.txt%00",
        "/guarded/secret.txt?x=/a.txt",
    ] {
        for header in ["x-none", "x-middleware-subrequest", "x-original-url", "x-rewrite-url"] {
            let answer = server.send(call(&format!("GET {path}")).header(header, "proxy")).await;
            assert!(matches!(answer.status, 308 | 400 | 403 | 404), "{path} {answer:?}");
            assert_ne!(answer.body, SECRET, "{path}");
        }
    }
}

/// One row for each published hole: the requests that it took, as far as they are paths.
#[tokio::test]
async fn advisories_about_files_outside_of_the_folder() {
    let advisories: [(&str, &[&str]); 9] = [
        ("CVE-2017-16877", &["/_next/../../secret.txt", "/../secret.txt", "/dir/../../secret.txt"]),
        (
            "CVE-2018-6184",
            &["/_next/x/..%2f..%2fsecret.txt", "/dir/..%2f..%2fsecret.txt", "/..%2Fsecret.txt"],
        ),
        (
            "CVE-2020-5284",
            &["/_next/static/../server/secret.txt", "/../app/api/echo/route.rs", "/../proxy.rs"],
        ),
        ("RUSTSEC-2021-0135", &["/c:/secret.txt", "/C:/Windows/win.ini", "/dir/c%3A/secret.txt"]),
        ("RUSTSEC-2022-0043", &["/c:%2fsecret.txt", "/C%3A%5Csecret.txt", "/%5C%5Chost%5Cshare"]),
        (
            "RUSTSEC-2022-0082",
            &["/..%5csecret.txt", "/dir%5c..%5c..%5csecret.txt", "/..\\secret.txt"],
        ),
        ("RUSTSEC-2022-0069", &["/con", "/aux.txt", "/NUL", "/com1", "/a.txt::$DATA", "/a.txt."]),
        ("CVE-2026-75604", &["/..%5c..%5csecret.txt", "/%2e%2e%5csecret.txt"]),
        (
            "GHSA-q5qw",
            &[
                "/.hidden",
                "/%2ehidden",
                "/./.hidden",
                "/.git/config",
                "/a.txt%00.html",
                "/%00",
                "/%ff",
            ],
        ),
    ];
    for server in both().await {
        for (id, paths) in advisories {
            for path in paths {
                let mut answer = server.get(path).await;
                // A path with dots is told its resolved form, which is looked for like any other.
                if answer.status == 308 {
                    let location = answer.header("location").expect("a place").to_owned();
                    assert!(
                        location.starts_with('/') && !location.starts_with("//"),
                        "{id} {path}"
                    );
                    answer = server.get(&location).await;
                }
                assert!(matches!(answer.status, 400 | 404), "{id} {path} {answer:?}");
                assert_ne!(answer.body, SECRET, "{id} {path}");
            }
        }
    }
}

/// What is redirected is the slash at the end of a file's name.
#[tokio::test]
async fn rustsec_2022_0072_cve_2020_15242_cve_2021_37699_no_redirect_of_a_file_leads_to_another_host()
 {
    for server in both().await {
        for path in [
            "//evil.example/a.txt/",
            "/%2f%2fevil.example/a.txt/",
            "/\\evil.example/a.txt/",
            "/%5cevil.example/a.txt/",
            "//a.txt/",
            "/a.txt//",
            "/.//evil.example/",
            "/a.txt/%2f%2fevil.example/",
        ] {
            let answer = server.get(path).await;
            if let Some(location) = answer.header("location") {
                let second = location.as_bytes().get(1);
                assert!(
                    location.starts_with('/') && !matches!(second, Some(b'/' | b'\\')),
                    "{path}"
                );
            }
            assert!(matches!(answer.status, 308 | 400 | 404), "{path} {answer:?}");
        }
    }
}

#[tokio::test]
async fn ts_07_an_explanation_names_the_file_that_is_served() {
    for (router, method, path, text, place) in [
        (site::app::router(), Method::GET, "/a.txt", "a file", "public/a.txt"),
        (site::app::router(), Method::HEAD, "/sub/a%20b.txt", "a file", "public/sub/a b.txt"),
        (site::app::router(), Method::GET, "/rewritten?as=it-is", "", ""),
        (site::app::router(), Method::GET, "/gone/x", "a file", "public/noext"),
        (site::app::router(), Method::GET, "/dyn/special", "a file", "public/a.txt"),
        (site::app::router(), Method::GET, "/a.txt/?x=1", "308 to /a.txt?x=1", "public/a.txt"),
        (
            site::app::router(),
            Method::POST,
            "/a.txt",
            "answered 405 Method Not Allowed",
            "public/a.txt",
        ),
        (site::app::router(), Method::GET, "/override.txt", "", ""),
        (rules::app::router(), Method::GET, "/topub", "a file", "public/a.txt"),
        (based::app::router(), Method::GET, "/docs/p.txt", "a file", "public/p.txt"),
        (based::app::router(), Method::GET, "/p.txt", "", ""),
    ] {
        let explained = bff::explain(&router, method, path).await.expect("a URL");
        let step = explained.at(Stage::File).next();
        let found = step.map(|step| (step.text(), step.place().unwrap_or_default()));
        assert_eq!(found, (!text.is_empty()).then_some((text, place)), "{explained}");
        assert_eq!(explained.route().is_some(), path == "/override.txt", "{explained}");
    }
}

/// A range of many parts asks for work, not for bytes (RH-197).
#[tokio::test]
async fn a_thousand_ranges_and_ten_thousand_codings_are_answered_at_once() {
    for server in both().await {
        let ranges: Vec<String> = (0..1000).map(|n| format!("{n}-{n}")).collect();
        let asked = call("GET /big.txt").header("range", &format!("bytes={}", ranges.join(",")));
        server.send(asked).await.problem(416);
        let asked = call("GET /big.txt").header("accept-encoding", &"br;q=0.1,".repeat(1000));
        assert_eq!(server.send(asked).await.status, 200);
    }
}
