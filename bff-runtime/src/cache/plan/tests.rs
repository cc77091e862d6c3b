use axum::extract::OriginalUri;
use proptest::prelude::*;

use super::*;
use crate::{RequestExt as _, policy::Voice};

static TENANT: Vary = Vary::Header("x-tenant");
static REALM: Vary = Vary::Cookie("realm");
static HOST: Vary = Vary::Header("host");
static LANGUAGE: Vary = Vary::Header("accept-language");
static ROUTE: Route = Route::new(
    "/{name}/{*rest}",
    &[],
    &[Segment::Param("name"), Segment::CatchAll("rest")],
    "app/[name]/[...rest]/route.rs",
    &[],
);

fn plan(
    revalidate: Revalidate,
    vary: &[&'static Vary],
    tags: &[&'static Tag],
    info: HandlerInfo,
) -> Option<Plan> {
    let mut decided = Decided::default();
    decided.revalidate = Some((revalidate, Voice::Attribute));
    (decided.vary, decided.tags) = (vary.to_vec(), tags.to_vec());
    Plan::new(&decided, &keeper(info))
}

fn keeper(info: HandlerInfo) -> Keeper {
    let space = Space::of(&[]);
    Keeper { route: &ROUTE, info, space, has_headers: true, has_proxy: false }
}

fn reading(reads: Reads) -> HandlerInfo {
    HandlerInfo::new("show", &["GET"], "").reads_only(reads)
}

#[test]
fn security_47_no_url_that_a_client_made_up_reaches_the_handler() {
    let plan = plan(Revalidate::Never, &[&HOST], &[], reading(Reads::HEADERS)).unwrap();
    for (original, sent, expected) in [
        ("http://evil.example/a/b", "/a/b", "http://real.example/a/b"),
        ("http://evil.example/a/b?part=2", "/a/b?part=2", "http://real.example/a/b"),
        ("http://evil.example/docs/a/b?x", "/a/b?x", "http://real.example/docs/a/b"),
    ] {
        let mut request = Request::get(sent).header("host", "real.example").body(Body::empty());
        let request = request.as_mut().unwrap();
        request.extensions_mut().insert(OriginalUri(original.parse().unwrap()));
        let copy = plan.copy_for_handler(request);
        assert_eq!(copy.url().href(), expected, "{original}");
        request::rewrite(request, "/c/d?y".parse().unwrap());
        let copy = plan.for_handler(std::mem::take(request));
        assert_eq!(copy.url().href(), expected.replace("a/b", "c/d"), "{original}");
    }
}

#[test]
fn rh_246_rh_251_what_differs_by_client_is_for_no_cache_in_front() {
    let info = reading(Reads::NOTHING);
    let hour = Revalidate::every(3600);
    for (revalidate, vary, info, expected) in [
        (hour, &[][..], info, Some("s-maxage=3600, stale-while-revalidate=31532400")),
        (Revalidate::every(31_536_000), &[], info, Some("s-maxage=31536000")),
        (Revalidate::Never, &[], info, Some("s-maxage=31536000")),
        (hour, &[&LANGUAGE], info, Some("s-maxage=3600, stale-while-revalidate=31532400")),
        (hour, &[&LANGUAGE, &TENANT], info, Some("private, no-cache")),
        (Revalidate::Never, &[&REALM], info, Some("private, no-cache")),
        (hour, &[], info.requirements_named(&["admin"]), Some("private, no-cache")),
        (Revalidate::NotStored, &[], info, None),
    ] {
        let plan = plan(revalidate, vary, &[], info);
        let said = plan.map(|plan| plan.cache_control.to_str().unwrap().to_owned());
        assert_eq!(said.as_deref(), expected, "{revalidate:?} {vary:?}");
    }
}

#[test]
fn rh_251_what_a_proxy_decides_on_is_for_no_cache_in_front() {
    let mut decided = Decided::default();
    decided.revalidate = Some((Revalidate::every(3600), Voice::Attribute));
    let keeper = Keeper { has_proxy: true, ..keeper(reading(Reads::NOTHING)) };
    let plan = Plan::new(&decided, &keeper).unwrap();
    assert_eq!(plan.cache_control, "private, no-cache");
}

#[test]
fn mds_10_of_the_query_a_sitemap_that_may_be_split_is_given_its_part_and_no_more() {
    let plan = plan(Revalidate::Never, &[], &[], reading(Reads::NOTHING).split()).unwrap();
    let request = |query: &str, origin: Option<&str>| {
        let mut request = Request::get(format!("/a/b{query}")).body(Body::empty()).unwrap();
        let origin = origin.map(|origin| PublicOrigin(origin.parse().unwrap()));
        origin.map(|origin| request.extensions_mut().insert(origin));
        request
    };
    let key = |query, origin| plan.key(&request(query, origin)).unwrap().into_key();
    for (one, other, given) in [
        ("", "?x=1", "/a/b"),
        ("?part=2", "?x=1&part=02&part=3", "/a/b?part=2"),
        ("?part=x", "?part", "/a/b?part=0"),
    ] {
        assert_eq!(key(one, None), key(other, None), "{one} {other}");
        let handler = plan.copy_for_handler(&request(other, None));
        assert_eq!(handler.uri(), given, "{other}");
    }
    assert_ne!(key("", None), key("?part=1", None));
    assert_ne!(key("?part=1", None), key("?part=2", None));
    // The list of the parts has their addresses.
    let [one, other] = ["https://a.example", "https://b.example"].map(Some);
    assert_ne!(key("", one), key("", other));
}

#[test]
fn rh_302_tags_are_filled_with_decoded_params() {
    static FILE: Tag = Tag {
        text: "f:{name}:{rest}",
        pieces: &[
            TagPiece::Text("f:"),
            TagPiece::Param("name"),
            TagPiece::Text(":"),
            TagPiece::Param("rest"),
        ],
        place: "",
    };
    let plan = plan(Revalidate::Never, &[], &[&FILE], reading(Reads::NOTHING)).expect("it keeps");
    for (path, expected) in [
        ("/a/b", Some("tag f:a:b")),
        ("/a/b/c/", Some("tag f:a:b/c")),
        ("/%C3%A9/x%20y/z", Some("tag f:é:x y/z")),
        (&*format!("/a/{}", "x".repeat(252)), Some(&*format!("tag f:a:{}", "x".repeat(252)))),
        (&*format!("/a/{}", "x".repeat(253)), None),
    ] {
        let terms = plan.terms(path);
        let tag = terms.as_ref().and_then(|terms| terms.names.last()).map(Name::as_str);
        assert_eq!(tag, expected, "{path}");
    }
}

#[test]
fn rh_248_a_response_may_vary_by_what_is_in_the_key() {
    let plan = plan(Revalidate::Never, &[&LANGUAGE, &REALM], &[], reading(Reads::NOTHING));
    let plan = plan.expect("it keeps");
    for (lines, expected) in [
        (&[][..], false),
        (&["Accept-Language"], false),
        (&["accept-language, cookie", ""], false),
        (&["accept-language, accept"], true),
        (&["*"], true),
        (&["cookie", "origin"], true),
    ] {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::VARY, HeaderValue::from_static(line));
        }
        assert_eq!(plan.depends_on_more(&headers), expected, "{lines:?}");
    }
}

#[derive(Clone, Debug)]
struct Sent {
    path: String,
    query: Option<String>,
    tenants: Vec<String>,
    cookies: Vec<String>,
    other: String,
}

/// Few values, so that many requests are alike, among them those that would be confused if parts were only joined.
fn sent() -> impl Strategy<Value = Sent> {
    let segment = prop_oneof![
        Just("a"),
        Just("b"),
        Just("ab"),
        Just("%61"),
        Just("a%2Fb"),
        Just("a%2fb"),
        Just("%C3%A9")
    ];
    let path = proptest::collection::vec(segment, 2..4)
        .prop_map(|segments| format!("/{}", segments.join("/")));
    let query = proptest::option::of("(|a=1|a=1&b=2|b=2|x-tenant=a)");
    let tenants = proptest::collection::vec("(|a|b|ab|a, b)", 0..3);
    let pair = "(realm=1|realm=2|realm=|realm|other=1|xrealm=1|realm=\"1\"| realm=1)";
    let cookies = proptest::collection::vec(proptest::collection::vec(pair, 1..3), 0..3)
        .prop_map(|lines| lines.into_iter().map(|line| line.join(";")).collect());
    (path, query, tenants, cookies, "[xy]").prop_map(|(path, query, tenants, cookies, other)| {
        Sent { path, query, tenants, cookies, other }
    })
}

fn request(sent: &Sent) -> Request {
    let uri = match &sent.query {
        Some(query) => format!("{}?{query}", sent.path),
        None => sent.path.clone(),
    };
    let mut request = Request::get(uri).header("authorization", &sent.other);
    for tenant in &sent.tenants {
        request = request.header("x-tenant", tenant);
    }
    for cookies in &sent.cookies {
        request = request.header("cookie", cookies);
    }
    request.body(Body::empty()).unwrap()
}

/// All that a handler can learn of the request that it is given: decoded params, query, headers, cookies.
fn seen(plan: &Plan, sent: &Sent) -> (Vec<String>, Option<String>, Vec<(String, String)>) {
    let request = plan.for_handler(request(sent));
    assert_eq!(request.method(), http::Method::GET);
    let params = request.uri().path().trim_end_matches('/').split('/').skip(1);
    let params = params.map(|it| routing::decode(it).expect("it decodes").into_owned()).collect();
    let headers = request.headers().iter();
    let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
    let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
    (params, request.uri().query().map(str::to_owned), headers)
}

proptest! {
    /// So no answer made for one key can be given for another, whatever the handler does.
    #[test]
    fn two_requests_have_one_key_when_the_handler_sees_the_same_and_only_then(a in sent(), b in sent()) {
        for (vary, reads) in [
            (&[][..], Reads::NOTHING),
            (&[], Reads::QUERY),
            (&[&TENANT][..], Reads::HEADERS),
            (&[&REALM][..], Reads::COOKIES.and(Reads::QUERY)),
            (&[&TENANT, &REALM][..], Reads::QUERY.and(Reads::HEADERS).and(Reads::COOKIES)),
        ] {
            let plan = plan(Revalidate::Never, vary, &[], reading(reads)).expect("it keeps");
            let key = |sent: &Sent| plan.key(&request(sent)).expect("a short one").into_key();
            prop_assert_eq!(key(&a) == key(&b), seen(&plan, &a) == seen(&plan, &b));
        }
    }
}
