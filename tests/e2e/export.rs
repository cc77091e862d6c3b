//! The answers of an app as files: section 15 of the handler specification (RH-317 to RH-340) and section 19 of that of
//! proxy and configuration (EX-01 to EX-15).

use std::{collections::BTreeMap, fs, path::Path};

use bff::{
    axum::{
        Router,
        body::Body,
        extract::State,
        response::{IntoResponse, Response},
    },
    export::{ExportError, Exported, Mistake, export},
    http::{StatusCode, Uri},
};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    apps::{
        based,
        exported::{self, Posts},
        rules, unexported,
    },
    support::{Server, within},
};

const POSTS: Posts = Posts(&[(7, "seven"), (12, "twelve")]);

fn app() -> Router {
    exported::app::router(POSTS)
}

/// The app as files, in a folder of the test's own.
async fn written() -> (TempDir, Exported) {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let exported = within("an export", export(app(), &out).into_future()).await;
    let exported = exported.unwrap_or_else(|error| panic!("{error}"));
    (dir, exported)
}

/// Every file below a folder, sorted.
fn tree(folder: &Path) -> Vec<String> {
    fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{prefix}{}", entry.file_name().to_str().expect("UTF-8"));
            match entry.path().is_dir() {
                true => collect(&entry.path(), &format!("{name}/"), names),
                false => names.push(name),
            }
        }
    }
    let mut names = Vec::new();
    collect(folder, "", &mut names);
    names.sort();
    names
}

#[tokio::test]
async fn ex_01_ex_02_ex_08_ex_11_rh_317_rh_330_the_path_of_a_url_is_the_path_of_its_file() {
    let (_dir, exported) = written().await;
    assert_eq!(
        tree(exported.folder()),
        [
            ".well-known/x",
            "[literal]",
            "_bff/manifest.json",
            "_headers",
            "_redirects",
            "a.txt",
            "created",
            "data.json",
            "docs/guide/first steps",
            "docs/guide/next",
            "docs/intro",
            "favicon.ico",
            "index.html",
            "manifest.json",
            "only/12",
            "only/7",
            "p/1",
            "p/100%",
            "p/2.json",
            "p/a b",
            "p/日本*:x",
            "posts/12",
            "posts/7",
            "posts/index.json",
            "repos/a/1",
            "repos/a/2",
            "repos/b/1",
            "repos/b/2",
            "robots.txt",
            "site.css",
            "site.css.br",
            "sized/icon/12",
            "sized/icon/7",
            "sub/a b.txt",
        ]
    );
    assert_eq!(exported.files().len(), 31);
    let warnings: Vec<&str> = exported.warnings().iter().map(Mistake::message).collect();
    assert_eq!(warnings, ["`/created` answers 201, and a host of files answers 200"]);
}

/// What serves files and reads `_headers`, as plainly as can be.
fn host(folder: &Path) -> Router {
    let text = fs::read_to_string(folder.join("_headers")).expect("the headers");
    let mut headers: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut path = String::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => path = decoded(line),
            Some(line) => {
                let (name, value) = line.split_once(": ").expect("a name and a value");
                let own = headers.entry(path.clone()).or_default();
                own.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    let state = (folder.to_owned(), headers);
    Router::new().fallback(answer).with_state(state)
}

type Files = (std::path::PathBuf, BTreeMap<String, Vec<(String, String)>>);

async fn answer(State((folder, headers)): State<Files>, uri: Uri) -> Response {
    let path = decoded(uri.path());
    let name = if path == "/" { "index.html" } else { &path[1..] };
    let Ok(bytes) = fs::read(folder.join(name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(Body::from(bytes));
    for (name, value) in headers.get(&path).into_iter().flatten() {
        let name: bff::http::HeaderName = name.parse().expect("a name");
        response.headers_mut().append(name, value.parse().expect("a value"));
    }
    response
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]).1,
            None => (bytes.push(first), rest = after).1,
        }
    }
    String::from_utf8(bytes).expect("a path is UTF-8")
}

/// The lines of an answer but for those that a host makes itself.
fn lines(headers: &[(String, String)]) -> Vec<(String, String)> {
    let of_the_host = [
        "accept-ranges",
        "age",
        "cache-status",
        "connection",
        "content-length",
        "date",
        "etag",
        "last-modified",
        // And those about one client.
        "ratelimit",
        "ratelimit-policy",
    ];
    let mut lines: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, _)| !of_the_host.contains(&&**name))
        .collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn ex_02_ex_10_ex_11_a_plain_host_answers_byte_for_byte_as_the_app_does() {
    let (_dir, exported) = written().await;
    let (app, host) = (Server::start(app()).await, Server::start(host(exported.folder())).await);
    for file in exported.files() {
        let (expected, found) = (app.get(file.path()).await, host.get(file.path()).await);
        assert_eq!(expected.status, file.status(), "{}", file.path());
        assert_eq!(found.status, 200, "{}", file.path());
        assert_eq!(found.body, expected.body, "{}", file.path());
        assert_eq!(file.bytes(), expected.body.len() as u64, "{}", file.path());
        assert_eq!(lines(&found.headers), lines(&expected.headers), "{}", file.path());
    }
    let headers = host.get("/posts/7").await;
    assert_eq!(headers.header("x-config"), Some("yes"));
    assert_eq!(headers.header("content-type"), Some("application/json"));
    assert_eq!(
        host.get("/robots.txt").await.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(host.get("/sized/icon/7").await.header("content-type"), Some("image/svg+xml"));
    assert_eq!(host.get("/a.txt").await.header("cache-control"), Some("public, max-age=99"));
}

#[tokio::test]
async fn ex_15_the_manifest_has_what_the_files_cannot_say() {
    let (_dir, exported) = written().await;
    let read = |name: &str| {
        let text = fs::read_to_string(exported.folder().join(name)).expect(name);
        serde_json::from_str::<Value>(&text).expect(name)
    };
    let manifest = read("_bff/manifest.json");
    assert_eq!(manifest["version"], 1);
    assert_eq!(manifest["generator"], concat!("bff ", env!("CARGO_PKG_VERSION")));
    let files = manifest["files"].as_array().expect("a list");
    assert_eq!(files.len(), exported.files().len());
    let of = |file: &str| files.iter().find(|it| it["file"] == file).expect(file);
    assert_eq!(of("created")["status"], 201);
    assert!(
        of("created")["headers"]
            .as_array()
            .expect("a list")
            .contains(&serde_json::json!(["x-own", "a, b"]))
    );
    assert_eq!(of("p/a b")["path"], "/p/a%20b");
    assert_eq!(of("posts/7")["source"], "apps/exported/app/posts/[id]/route.rs");
    assert_eq!(of("a.txt")["source"], "public/a.txt");
    // That of `hello static\n`.
    assert_eq!(
        of("a.txt")["sha256"],
        "c6eb2a5e2c16f969ddd4021df37ae6b75e201c7c84abb4e3aae4c04dda09eda5"
    );
    // The app's own is a file like any other.
    assert_eq!(read("manifest.json")["name"], "a manifest of the app's own");
}

#[tokio::test]
async fn ex_10_redirects_of_the_config_are_those_of_the_host() {
    let (_dir, exported) = written().await;
    let text = fs::read_to_string(exported.folder().join("_redirects")).expect("the redirects");
    assert_eq!(
        text,
        "/old/:id /posts/:id 308\n/archive/* https://archive.example.com/:splat 307\n"
    );
}

/// Also that nothing of an export counts as a client: one route of the app has a limit that two of them would exceed.
#[tokio::test]
async fn the_same_app_is_the_same_files() {
    let dir = tempfile::tempdir().expect("a folder");
    let (router, out) = (app(), dir.path().join("out"));
    let all = || {
        let read = |name: String| (fs::read(out.join(&name)).expect("a file"), name);
        tree(&out).into_iter().map(read).collect::<Vec<_>>()
    };
    let first = export(router.clone(), &out).await.expect("it is new");
    let before = all();
    let again = export(router, &out).await.expect("it is an earlier export");
    assert_eq!((again.files(), all()), (first.files(), before));
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
}

/// `place: message` of everything that is wrong, in order.
fn messages(mistakes: &[Mistake]) -> Vec<String> {
    let one = |it: &Mistake| {
        let place = it.place().strip_prefix("apps/unexported/app").unwrap_or(it.place());
        assert!(!it.help().is_empty(), "{it}");
        format!("{place}: {}", it.message())
    };
    mistakes.iter().map(one).collect()
}

/// Only a server can do these.
const UNSUPPORTED: [&str; 10] = [
    "proxy.rs: a proxy decides on requests, and files have none in front of them",
    "/agent/route.rs: `agent` answers `/agent` by `accept-language`, and a file has one answer",
    "/both/route.rs: `/both` answers POST and DELETE as well, which files do not",
    "/dynamic/route.rs: `now` answers `/dynamic` at request time",
    "/robots.rs: `robots` answers `/robots.txt` at request time",
    "/shown/[id]/icon.rs: `/shown/{id}/icon` is below params, where files have no folder",
    "/written/route.rs: `/written` has no GET, which is all that files answer",
    "apps/unexported/bff.toml:2:10: the headers for `/a` depend on the request",
    "apps/unexported/bff.toml:13:15: a host of files does not rewrite `/z`",
    "apps/unexported/bff.toml:8:15: the redirect of `/old/:id(\\d+)` is more than files have: its source is an expression",
];

/// These are wrong for a host of files as well.
const WRONG: [&str; 13] = [
    "/bad/[name]/route.rs: `names` lists what is no part of a URL: `..` can be no name of a file: it would lead out of its folder",
    "/bad/[name]/route.rs: `names` lists what is no part of a URL: `../../etc` can be no name of a file: it has a slash in it",
    "/bad/[name]/route.rs: `names` lists what is no part of a URL: `` can be no name of a file: it is empty",
    "/bad/[name]/route.rs: `names` lists what is no part of a URL: `a\\0b` can be no name of a file: it has a NUL in it",
    "/failing/[id]/route.rs: `ids` failed: the database is away",
    "/unlisted/[id]/route.rs: nobody says for which params `/unlisted/{id}` is made",
    "/a/b/route.rs: `/a/b` needs a folder `a`, and `/a` is a file of that name, made of `apps/unexported/app/a/route.rs`",
    "public/_headers: `_headers` is the name of a file that every export has",
    "/broken/route.rs: `/broken` failed: a wheel came off",
    "/cookie/route.rs: `/cookie` sets a cookie, which everybody would be given",
    "/events/route.rs: `/events` sends events as they come, and a file has an end",
    "/gone/route.rs: `/gone` answers 410 Gone",
    "/moved/route.rs: `/moved` answers 307, a redirect to `/elsewhere`, and a file cannot",
];

#[tokio::test]
async fn ex_04_ex_05_ex_07_ex_09_ex_10_ex_14_rh_331_rh_334_rh_337_all_mistakes_are_told_at_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let error: ExportError =
        export(unexported::app::router(), &out).await.expect_err("hardly anything can be exported");
    let (unsupported, wrong): (Vec<Mistake>, Vec<Mistake>) =
        error.mistakes().iter().cloned().partition(Mistake::is_unsupported);
    assert_eq!(messages(&unsupported), UNSUPPORTED);
    assert_eq!(messages(&wrong), WRONG);
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 0);
}

#[tokio::test]
async fn ex_09_what_only_a_server_can_do_is_left_out_when_that_is_allowed() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let export = export(unexported::app::router(), &out).allow_unsupported(true);
    // The proxy would redirect every one of them.
    let error = export.await.expect_err("some things are wrong even so");
    assert_eq!(messages(error.mistakes()), WRONG);
}

#[tokio::test]
async fn ex_09_ex_10_a_file_is_what_its_own_route_answers_whatever_is_left_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let exported = export(rules::app::router(), &out).allow_unsupported(true).await;
    let exported = exported.unwrap_or_else(|error| panic!("{error}"));
    // A rewrite serves another route for the one, and whoever sends no cookie is redirected from the other.
    let expected =
        [("a.txt", "hello bff"), ("override.txt", "of the folder"), ("seen.txt", "seen\n")];
    for (name, text) in expected {
        assert_eq!(fs::read_to_string(out.join(name)).expect(name), text);
        let file = exported.files().iter().find(|file| file.file() == name).expect(name);
        let headers: Vec<&str> = file.headers().map(|(name, _)| name).collect();
        assert!(!headers.contains(&"x-seen") && !headers.contains(&"vary"), "{headers:?}");
    }
}

#[tokio::test]
async fn ex_01_an_export_that_fails_leaves_the_folder_as_it_was() {
    let (dir, first) = written().await;
    let before = tree(first.folder());
    export(unexported::app::router(), dir.path().join("out")).await.expect_err("it fails");
    assert_eq!(tree(first.folder()), before);
    fs::write(first.folder().join("mine.txt"), "mine").expect("a file");
    let error = export(app(), dir.path().join("out")).await.expect_err("somebody's file is there");
    let [mistake] = error.mistakes() else { panic!("{error}") };
    assert!(mistake.message().ends_with("holds what no export has written: `mine.txt`"), "{error}");
    assert!(first.folder().join("mine.txt").exists());
}

#[tokio::test]
async fn bp_01_ex_03_rh_338_the_base_path_is_a_folder_and_a_slash_at_the_end_none() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let exported = export(based::app::router(), &out).allow_unsupported(true).await;
    let exported = exported.unwrap_or_else(|error| panic!("{error}"));
    let files = exported.files().iter().map(|file| (file.file(), file.path()));
    let expected = [
        ("docs/apple-icon", "/docs/apple-icon"),
        ("docs/icon.svg", "/docs/icon.svg"),
        ("docs/index.html", "/docs"),
        ("docs/p.txt", "/docs/p.txt"),
        ("docs/sitemap/1.xml", "/docs/sitemap/1.xml"),
        ("docs/static", "/docs/static"),
    ];
    assert_eq!(files.collect::<Vec<_>>(), expected);
    assert_eq!(fs::read(out.join("docs/static")).expect("a file"), b"made beforehand");
}

#[tokio::test]
async fn a_router_that_is_not_that_of_an_app_is_told_from_one() {
    let dir = tempfile::tempdir().expect("a folder");
    for router in [
        Router::new(),
        Router::new().nest_service("/below", app()),
        exported::app::routes().with_state(POSTS),
    ] {
        let error = export(router, dir.path().join("out")).await.expect_err("no app");
        assert!(error.to_string().contains("give `app::router()` itself"), "{error}");
    }
}

#[tokio::test]
async fn rh_317_rh_318_rh_319_a_server_serves_what_is_not_listed_unless_it_is_told_not_to() {
    let server = Server::start(app()).await;
    server.get("/p/other").await.is(200, "p other");
    server.get("/only/7").await.is(200, "only 7");
    server.get("/only/7/").await.is(200, "only 7");
    server.get("/only/8").await.problem(404);
    server.get("/only/x").await.problem(404);
    assert_eq!(server.send("HEAD /only/8").await.status, 404);
    for route in exported::app::ROUTES.iter().filter(|route| !route.is_metadata()) {
        let name = route.static_params();
        assert_eq!(name.is_some(), route.pattern().contains('{'), "{}", route.pattern());
        assert_eq!(route.has_dynamic_params(), !route.pattern().starts_with("/only"));
    }
}
