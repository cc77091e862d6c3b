//! Requests with their answers, as a table (section 31 of the spec): the same table holds for a whole app and
//! for its routes alone, over a socket and in process.

use crate::support::{Answer, Call, call};

/// A request and what comes back.
pub(crate) struct Vector {
    /// The number in the spec's section 31, or the row.
    pub(crate) name: &'static str,
    line: &'static str,
    accept: Option<&'static str>,
    body: &'static str,
    expected: Expected,
}

enum Expected {
    /// This status and this text.
    Text(u16, &'static str),
    /// This status and this JSON, with its content type.
    Json(u16, &'static str),
    /// No body, but the length that GET has.
    Head(u16, &'static str),
    /// No body, but type and length of a problem document of this status.
    HeadProblem(u16),
    /// 204 with exactly this `Allow`.
    Options(&'static str),
    /// A 405 problem with exactly this `Allow`.
    NotAllowed(&'static str),
    /// A problem document of this status.
    Problem(u16),
    /// The same as text.
    PlainProblem(u16),
    /// 307 or 308 to this place.
    Redirect(u16, &'static str),
}

use Expected::{
    Head, HeadProblem, Json, NotAllowed, Options, PlainProblem, Problem, Redirect, Text,
};

const FIVE: &str = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
const GET: &str = "GET, HEAD, OPTIONS";
const POST: &str = "OPTIONS, POST";
const ITEM: &str = "GET, HEAD, OPTIONS, PATCH, PUT";

/// For the app without state.
pub(crate) const ROWS: &[Vector] = &[
    vector("V1", "GET /methods/get-only", Text(200, "only GET")),
    vector("V2", "HEAD /methods/get-only", Head(200, "8")),
    vector("V3", "OPTIONS /methods/get-only", Options(GET)),
    vector("V4", "POST /methods/get-only", NotAllowed(GET)),
    vector("V5", "HEAD /methods/post-only", HeadProblem(405)),
    vector("V5 GET", "GET /methods/post-only", NotAllowed(POST)),
    vector("V6", "OPTIONS /methods/post-only", Options(POST)),
    vector("V7", "OPTIONS /methods/five", Options(FIVE)),
    vector("V7 PATCH", "PATCH /methods/five", Text(200, "PATCH")),
    vector("V8", "PROPFIND /methods/get-only", NotAllowed(GET)),
    vector("V9", "TRACE /methods/get-only", NotAllowed(GET)),
    // V10 to V14 speak of stored responses. Whatever is stored one day, methods are told apart first.
    vector("V10", "OPTIONS /results/text", Options(GET)),
    vector("V11", "POST /results/text", NotAllowed(GET)),
    vector("V15", "GET /results/question-mark", Problem(500)),
    vector("V15 text", "GET /results/question-mark", PlainProblem(500)).accept("text/plain"),
    vector("V15 panic", "GET /results/panics/text", Problem(500)),
    vector("V18", "GET /results/interrupts", Redirect(307, "/login?from=here")),
    vector("V25", "GET /results/json", Json(200, r#"{"id":1,"title":"grüße"}"#)),
    vector("V26", "GET /results/text", Text(200, "grüße")),
    vector("RH-055", "HEAD /methods/get-and-head", Head(200, "15")),
    vector("RH-056", "GET /methods/head-only", NotAllowed("HEAD, OPTIONS")),
    vector("RH-060", "OPTIONS /methods/own-options", Text(200, "my own options")),
    vector("RH-065", "FROBNICATE /methods/five", NotAllowed(FIVE)),
    vector("RH-065 lower", "get /methods/get-only", NotAllowed(GET)),
    vector("RH-065 text", "POST /methods/get-only", PlainProblem(405)).accept("text/plain"),
    vector("RH-051 body", "POST /methods/post-only", Text(201, "created it")).body("it"),
    vector("RH-083", "POST /results/own-errors", Text(500, "<h1>sorry</h1>")),
];

/// For the app with state.
pub(crate) const CATALOG: &[Vector] = &[
    vector("V31", "GET /files/a/b%20c/%E6%97%A5/x%2Fy", Json(200, r#"["a","b c","日","x/y"]"#)),
    vector("V32", "GET /files/%E0%A4", Problem(400)),
    vector("RH-014", "GET /about", Text(200, "about, in two groups")),
    vector("RH-014 root", "GET /", Text(200, "the root, in a group")),
    vector(
        "RH-013",
        "GET /.well-known/security.txt",
        Text(200, "Contact: mailto:security@example.com"),
    ),
    vector("V12", "DELETE /items/1", NotAllowed(ITEM)),
    vector("V13", "POST /items/2", NotAllowed(ITEM)),
    vector("V13 then GET", "GET /items/2", Text(200, "item 2")),
    vector("V14", "OPTIONS /items/3", Options(ITEM)),
    vector("V14 then GET", "GET /items/3", Text(200, "item 3")),
    vector("RH-019", "GET /%E6%97%A5%E6%9C%AC", Text(200, "nihon")),
    vector("RH-019 space", "GET /a%20b", Text(200, "a space")),
    vector("RH-022", "GET /items/7", Text(200, "item 7")),
    vector("RH-022 query", "GET /items/7?x=%2F..//", Text(200, "item 7")),
    vector("RH-024", "GET /shop", Text(200, "filters None")),
    vector("RH-024 some", "GET /shop/a/b", Text(200, r#"filters Some(["a", "b"])"#)),
    vector("RH-030", "GET /items/seven", Problem(404)),
    vector("RH-030 text", "GET /items/seven", PlainProblem(404)).accept("text/plain"),
    vector("RH-030 HEAD", "HEAD /items/seven", HeadProblem(404)),
    vector("RH-030 400", "PUT /items/seven", Problem(400)),
    vector("axum path", "GET /axum/path/acme/7", Json(200, r#"{"org":"acme","id":7}"#)),
    vector("axum path HEAD", "HEAD /axum/path/acme/7", Head(200, "21")),
    vector(
        "axum path 405",
        "PATCH /axum/path/acme/7",
        NotAllowed("DELETE, GET, HEAD, OPTIONS, POST, PUT"),
    ),
    vector("axum matched", "GET /axum/matched/7", Text(200, "/axum/matched/{id}")),
    vector("axum rest", "GET /axum/rest/a/b%2Fc", Text(200, "a/b/c")),
    vector("axum panic", "GET /axum/panic", Problem(500)),
    vector("axum panic text", "GET /axum/panic", PlainProblem(500)).accept("text/plain"),
    vector("cfg", "GET /built", Text(200, "the one that is built")),
    vector("RH-409", "DELETE /factory", Text(200, "0 visits")),
    vector("RH-409 service", "GET /factory/service/9", Text(200, "service 9")),
    vector("RH-065 PROPFIND", "PROPFIND /dav", Text(200, "PROPFIND depth")).body("depth"),
    vector(
        "RH-065 Allow",
        "POST /dav",
        NotAllowed("FROBNICATE, GET, HEAD, OPTIONS, PROPFIND, QUERY"),
    ),
];

/// For the app with patterns of every kind beside each other.
pub(crate) const LEVELS: &[Vector] = &[
    vector("RH-033 static", "GET /d/static", Text(200, "static")),
    vector("RH-033 id", "GET /d/1", Text(200, "id 1")),
    vector("RH-033 sub", "GET /d/1/sub", Text(200, "sub 1")),
    vector("RH-033 rest", "GET /d/1/2", Text(200, r#"rest ["1", "2"]"#)),
    vector("RH-034", "GET /d/static/x", Text(200, r#"rest ["static", "x"]"#)),
    vector("RH-034 optional", "GET /m/fixed/deep", Text(200, r#"fixed ["deep"]"#)),
    vector("RH-034 end", "GET /m/fixed/deep/end", Text(200, "end")),
    vector("RH-033 405", "POST /d/static/x", NotAllowed(GET)),
];

/// Also for the app with state, yet not for its routes alone: axum compares byte by byte, redirects nothing,
/// and gives a router without a fallback an empty 404.
pub(crate) const CATALOG_ROUTER_ONLY: &[Vector] = &[
    vector("RH-084", "GET /nowhere", Problem(404)),
    vector("RH-084 POST", "POST /nowhere/at/all", Problem(404)),
    vector("RH-084 text", "GET /nowhere", PlainProblem(404)).accept("text/plain"),
    vector("RH-084 HEAD", "HEAD /nowhere", HeadProblem(404)),
    vector("RH-040", "GET /items/7/", Text(200, "item 7")),
    vector("RH-040 axum", "GET /axum/matched/7/", Text(200, "/axum/matched/{id}")),
    vector("V33", "GET /items/7/?a=1", Text(200, "item 7")),
    vector("V34", "GET //evil.com/x", Redirect(308, "/evil.com/x")),
    vector("RH-041", "GET /items//7?a=1", Redirect(308, "/items/7?a=1")),
    vector("RH-041 backslash", "GET /items\\7", Problem(400)),
    vector("RH-042", "GET /items/x/%2e%2e/7", Redirect(308, "/items/7")),
    vector("RH-019 lower", "GET /%e6%97%a5%e6%9c%ac", Text(200, "nihon")),
    vector("RH-028 untaken", "GET /untaken/%E0%A4", Problem(400)),
];

const fn vector(name: &'static str, line: &'static str, expected: Expected) -> Vector {
    Vector { name, line, accept: None, body: "", expected }
}

impl Vector {
    const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    const fn body(mut self, body: &'static str) -> Self {
        self.body = body;
        self
    }

    /// The request, with a prefix before its path.
    pub(crate) fn call(&self, prefix: &str) -> Call {
        let mut call = call(self.line).body(self.body);
        call.path.insert_str(0, prefix);
        match self.accept {
            Some(accept) => call.header("accept", accept),
            None => call,
        }
    }

    /// Checks the answer to that; a path of the app in it has the prefix as well (V22).
    #[track_caller]
    pub(crate) fn check(&self, answer: &Answer, prefix: &str) {
        println!("{}: {} gives {answer:?}", self.name, self.line);
        assert!(!answer.broken);
        match self.expected {
            Text(status, text) => answer.is(status, text),
            Json(status, text) => {
                answer.is(status, text);
                assert_eq!(answer.header("content-type"), Some("application/json"));
            }
            Head(status, length) => {
                answer.is(status, "");
                assert_eq!(answer.header("content-length"), Some(length));
            }
            HeadProblem(status) => {
                answer.is(status, "");
                assert_eq!(answer.header("content-type"), Some("application/problem+json"));
                assert!(answer.header("content-length").is_some_and(|length| length != "0"));
            }
            Options(allow) => {
                answer.is(204, "");
                assert_eq!(answer.header("allow"), Some(allow));
            }
            NotAllowed(allow) => {
                answer.problem(405);
                assert_eq!(answer.header("allow"), Some(allow));
            }
            Problem(status) => {
                answer.problem(status);
                answer.tells_no_secret();
            }
            PlainProblem(status) => {
                assert_eq!(answer.status, status);
                assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
                assert!(!answer.text().is_empty() && !answer.text().contains('{'));
                answer.tells_no_secret();
            }
            Redirect(status, location) => {
                assert_eq!(answer.status, status);
                assert_eq!(answer.header("location"), Some(&*format!("{prefix}{location}")));
            }
        }
    }
}
