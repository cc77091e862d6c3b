//! Which policy holds, row by row, and what it does to requests and responses.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::Request,
    response::IntoResponse,
};
use futures_util::stream;
use http::{Method, StatusCode};
use http_body_util::BodyExt;

use super::{
    AppCounters, HandlerPolicy, Header, OwnPolicy, Policies, Policy, PolicyRule, RoutePolicies,
};
use crate::{
    matching::{Part, Shape, Source, SourceParam},
    request::RequestExt,
    routing::{Entry, HandlerInfo, Route, Segment, router},
    testing::{self, Client},
};

const PARAM: &[SourceParam] = &[SourceParam { name: "p", separator: None }];

const fn source(text: &'static str, prefix: &'static str, shape: Shape) -> Source {
    Source { text, prefix, shape, params: PARAM, delimiters: "/", case_sensitive: true }
}

/// `/files/:p`, `/files/small` and `/files/caf%C3%A9`, in their order.
static POLICIES: Policies = Policies {
    server: Policy::NONE.timeout(60_000, "bff.toml:1").body_limit(8, "bff.toml:2").headers(&[
        Header { name: "x-a", value: "server", place: "bff.toml:3" },
        Header { name: "x-own", value: "server", place: "bff.toml:4" },
    ]),
    rules: &[
        PolicyRule {
            source: source(
                "/files/:p",
                "/files/",
                Shape::Segments(&[Part::Literal("/files/"), Part::Param]),
            ),
            place: "bff.toml:10",
            policy: Policy::NONE.body_limit(6, "bff.toml:11").headers(&[
                Header { name: "x-a", value: "rule", place: "bff.toml:12" },
                Header { name: "set-cookie", value: "a=1", place: "bff.toml:13" },
            ]),
        },
        PolicyRule {
            source: source("/files/small", "/files/small", Shape::Literal("/files/small")),
            place: "bff.toml:20",
            policy: Policy::NONE.body_limit(4, "bff.toml:21").headers(&[Header {
                name: "set-cookie",
                value: "b=2",
                place: "bff.toml:22",
            }]),
        },
        PolicyRule {
            source: source("/files/café", "/files/caf%C3%A9", Shape::Literal("/files/caf%C3%A9")),
            place: "bff.toml:30",
            policy: Policy::NONE.no_body_limit("bff.toml:31"),
        },
    ],
};

static ROUTES: &[Route] = &[
    Route::new(
        "/files/{name}",
        &["/files/{name}"],
        &[Segment::Literal("files"), Segment::Param("name")],
        "app/files/[name]/route.rs",
        &[],
    )
    .under(&POLICIES, &[(0, true), (1, false), (2, false)]),
    Route::new("/other", &["/other"], &[Segment::Literal("other")], "app/other/route.rs", &[])
        .under(&POLICIES, &[]),
    Route::new("/free", &["/free"], &[Segment::Literal("free")], "app/free/route.rs", &[]),
    Route::new("/slow", &["/slow"], &[Segment::Literal("slow")], "app/slow/route.rs", &[]),
];

/// How many bytes there were, however they are read: `x-raw` reads the stream itself.
const READ: Entry<()> = Entry::function(HandlerInfo::new("read", &["POST"], ""), false, read);
const READ_MORE: Entry<()> = Entry::function(
    HandlerInfo::new("read", &["PUT"], "").policy(&Policy::NONE.body_limit(10, "")),
    false,
    read,
);
const NEVER: Entry<()> = Entry::function(
    HandlerInfo::new("never", &["GET"], "").policy(&Policy::NONE.timeout(1, "")),
    false,
    |_, _| Box::pin(std::future::pending()),
);

static ENTRIES: &[&[Entry<()>]] = &[&[READ, READ_MORE], &[READ, READ_MORE], &[READ], &[NEVER]];

fn read(request: Request, _: &Arc<()>) -> crate::routing::HandlerFuture {
    Box::pin(async move {
        let read = if request.headers().contains_key("x-raw") {
            let body = request.into_body().collect().await;
            body.map(|body| body.to_bytes()).map_err(|_| StatusCode::IM_A_TEAPOT.into_response())
        } else {
            request.bytes().await.map_err(IntoResponse::into_response)
        };
        Ok(([("x-own", "handler")], read?.len().to_string()).into_response())
    })
}

fn client() -> Client {
    testing::client(router(ROUTES, ENTRIES, (), None))
}

/// So many bytes, with their length announced or in chunks.
fn body(length: usize, announced: bool) -> Body {
    let bytes = Bytes::from(vec![b'x'; length]);
    if announced {
        return Body::from(bytes);
    }
    let chunks: Vec<Result<Bytes, std::convert::Infallible>> =
        bytes.chunks(3).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    Body::from_stream(stream::iter(chunks))
}

#[tokio::test]
async fn rh_114_rh_118_a_body_of_the_limit_passes_and_one_of_a_byte_more_does_not() {
    for (method, path, limit) in [
        (Method::POST, "/other", Some(8)),
        (Method::POST, "/files/x", Some(6)),
        (Method::POST, "/files/small", Some(4)),
        (Method::POST, "/files/small/", Some(4)),
        // Another spelling is the same resource, and has the same limit.
        (Method::POST, "/files/s%6Dall", Some(4)),
        (Method::POST, "/files/smal", Some(6)),
        (Method::POST, "/files/caf%c3%a9", None),
        // The attribute wins over every rule.
        (Method::PUT, "/files/small", Some(10)),
        (Method::PUT, "/other", Some(10)),
        (Method::POST, "/free", None),
    ] {
        for announced in [true, false] {
            for raw in [true, false] {
                let length = limit.unwrap_or(100);
                for (length, passes) in [(length, true), (length + 1, limit.is_none())] {
                    let mut request = client().request(method.clone(), path);
                    if raw {
                        request = request.header("x-raw", "1");
                    }
                    let response = request.body(body(length, announced)).await;
                    let what = format!("{method} {path} {length} {announced} {raw}");
                    if passes {
                        assert_eq!(response.status(), 200, "{what}");
                        assert_eq!(response.text(), length.to_string(), "{what}");
                    } else if raw && !announced {
                        // The handler has noticed, and says what it likes.
                        assert_eq!(response.status(), 418, "{what}");
                    } else {
                        assert_eq!(response.status(), 413, "{what}");
                        let problem: serde_json::Value = response.json();
                        assert_eq!(problem["limit"], limit.unwrap_or_default(), "{what}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn rh_114_a_limit_above_the_default_lets_the_extractors_read_more_as_well() {
    let length = 3 * 1024 * 1024;
    let response = client().post("/files/caf%C3%A9").body(body(length, false)).await;
    assert_eq!(response.text(), length.to_string());
    let response = client().post("/free").body(body(length, false)).await;
    assert_eq!(response.status(), 413);
}

#[tokio::test]
async fn headers_of_policies_are_on_every_response_of_the_route_and_the_handlers_own_stay() {
    for (method, path, expected) in [
        (Method::POST, "/other", [Some("server"), Some("handler"), None]),
        (Method::POST, "/files/x", [Some("rule"), Some("handler"), Some("a=1")]),
        (Method::POST, "/files/small", [Some("rule"), Some("handler"), Some("a=1; b=2")]),
        (Method::OPTIONS, "/files/small", [Some("rule"), Some("server"), Some("a=1; b=2")]),
        (Method::DELETE, "/other", [Some("server"), Some("server"), None]),
        (Method::POST, "/free", [None, Some("handler"), None]),
        (Method::POST, "/nowhere", [None, None, None]),
    ] {
        let response = client().request(method.clone(), path).await;
        let found = ["x-a", "x-own", "set-cookie"].map(|name| {
            let values = response.headers().get_all(name).iter();
            let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
            (!values.is_empty()).then(|| values.join("; "))
        });
        assert_eq!(found.each_ref().map(Option::as_deref), expected, "{method} {path}");
    }
    let refused = client().post("/files/x").body(body(7, true)).await;
    assert_eq!((refused.status().as_u16(), refused.header("x-a")), (413, Some("rule")));
}

#[tokio::test(start_paused = true)]
async fn rh_351_a_handler_that_takes_too_long_is_dropped_and_answered_504() {
    let response = client().get("/slow").await;
    assert_eq!(response.status(), 504);
    assert_eq!(response.header("content-type"), Some("application/problem+json"));
}

#[test]
fn a_route_without_policies_has_none() {
    static NONE: Policies = Policies { server: Policy::NONE, rules: &[] };
    for route in [
        Route::new("/", &["/"], &[], "", &[]),
        Route::new("/", &["/"], &[], "", &[]).under(&NONE, &[]),
    ] {
        let counters = AppCounters::default();
        let policies = Arc::new(RoutePolicies::of(&route, &counters));
        assert!(HandlerPolicy::new(&policies, None, None).is_none());
        assert!(OwnPolicy::new(&Policy::NONE, &counters).is_none());
        let own = OwnPolicy::new(const { &Policy::NONE.timeout(1, "") }, &counters).map(Arc::new);
        assert!(HandlerPolicy::new(&policies, own.as_ref(), None).is_some());
    }
}

#[tokio::test]
async fn an_explanation_says_what_holds_and_where_that_is_said() {
    let explain = |method: Method, path: &str| client().request(method, path).explain();
    assert_eq!(
        explain(Method::PUT, "/files/s%6Dall?x=1").await.to_string(),
        "\
PUT /files/s%6Dall?x=1
  route       app/files/[name]/route.rs  /files/{name}, name = small
  handler     app/files/[name]/route.rs  `read`
  rule        bff.toml:10                `/files/:p` is for it
  rule        bff.toml:20                `/files/small` is for it
  timeout     bff.toml:1                 60s
  body limit  app/files/[name]/route.rs  10 bytes
  header      bff.toml:4                 x-own: server, where the response has none
  header      bff.toml:12                x-a: rule, where the response has none
  header      bff.toml:13                set-cookie: a=1, where the response has none
  header      bff.toml:22                set-cookie: b=2, where the response has none"
    );
    for (method, path, expected) in [
        (Method::GET, "/free", "handler app/free/route.rs: none for GET: 405"),
        (Method::OPTIONS, "/free", "handler app/free/route.rs: the automatic answer: 204"),
        (Method::POST, "/free", "handler app/free/route.rs: `read`"),
        (Method::POST, "/free", "timeout -: none"),
        (Method::POST, "/free", "body limit -: 2 MiB for extractors, none for streams"),
        (Method::GET, "/nowhere", "route -: none has this path: 404"),
        (Method::GET, "//free", "clean-up -: 308 to /free"),
        (Method::GET, "/a\\b", "clean-up -: answered 400 Bad Request"),
        (Method::GET, "/slow", "timeout app/slow/route.rs: 1ms"),
    ] {
        let explanation = explain(method.clone(), path).await;
        let steps = explanation.steps().iter();
        let steps: Vec<String> = steps
            .map(|step| {
                format!("{} {}: {}", step.stage(), step.place().unwrap_or("-"), step.text())
            })
            .collect();
        assert!(steps.iter().any(|step| step == expected), "{method} {path}: {steps:?}");
    }
    let explanation = explain(Method::GET, "//free").await;
    assert_eq!(explanation.redirected_to(), Some((StatusCode::PERMANENT_REDIRECT, "/free")));
    assert_eq!(explain(Method::POST, "/other").await.route(), Some("/other"));
}

#[tokio::test]
async fn a_router_is_asked_through_what_is_around_it() {
    use axum::{Router, middleware::Next, middleware::from_fn};
    let nested = Router::new().nest("/v1", router(ROUTES, ENTRIES, (), None));
    let explanation = crate::explain(&nested, Method::POST, "http://a.b/v1/free").await.unwrap();
    assert_eq!(explanation.route_file(), Some("app/free/route.rs"));
    assert!(explanation.to_string().starts_with("POST http://a.b/v1/free\n"), "{explanation}");
    let guard = from_fn(|_: Request, _: Next| async { StatusCode::UNAUTHORIZED });
    let explanation = crate::explain(&nested.layer(guard), Method::GET, "/v1").await.unwrap();
    assert_eq!(explanation.steps()[0].text(), "what is around the app answers 401 Unauthorized");
    assert!(crate::explain(&Router::new(), Method::GET, "no url").await.is_err());
}
