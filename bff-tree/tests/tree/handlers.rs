//! One handler: its arguments, its form, its methods and its settings.

use super::support::check_file;

#[test]
fn an_argument_is_classified_by_its_name() {
    check_file(
        "[org]/[...path]",
        "
        #[get] async fn a(org: String, path: Vec<String>) {}
        #[post] async fn b(mut org: String, _: HeaderMap, (x, y): (Uri, Method)) {}
        #[put] async fn c(state: State<Db>, State(db): State<Db>, Path((o, p)): Path<(u8, u8)>) {}
        #[patch] async fn d(body: String) {}
        #[delete] async fn e(req: Request) {}
        #[head] async fn f(#[cfg(unix)] org: Org, user: Option<User>) {}
        ",
        "
        a: GET async ([org]@0, [...path]@1)
        b: POST async ([org]@0, _, _)
        c: PUT async (_, _, _)
        d: PATCH async (_)
        e: DELETE async (_)
        f: HEAD async ([org]@0, _)
        ",
    );
}

#[test]
fn a_misspelt_param_is_an_error_at_its_name() {
    for (argument, near) in [
        ("idd: u64", "`id`"),
        ("ID: u64", "`id`"),
        ("_id: String", "`id`"),
        ("slgu: String", "`slug`"),
        ("slugs: Vec<String>", "`slug`"),
        ("slog: Option<u8>", "`slug`"),
        ("slog: &str", "`slug`"),
    ] {
        let name = argument.split(':').next().expect("a name");
        check_file(
            "[id]/[slug]",
            &format!("#[get] fn show({argument}) {{}}"),
            &format!(
                "show: GET sync (_)\nBFF0306 app/[id]/[slug]/route.rs:1:16 ~ `{name}` ~ {near} ~ `/[id]/[slug]`"
            ),
        );
    }
    // One that the handler takes already is not meant a second time.
    check_file("[id]", "#[post] fn show(id: u64, idd: String) {}", "show: POST sync ([id]@0, _)");
    // An extractor may have a name that is near.
    check_file("[id]", "#[get] fn show(ids: Query<Ids>) {}", "show: GET sync (_)");
}

#[test]
fn an_argument_that_no_request_can_give_is_an_error() {
    for ty in ["u8", "i64", "usize", "f32", "bool", "char", "&str", "&'static str"] {
        check_file(
            "posts/[id]",
            &format!("#[get] fn show(page: {ty}) {{}}"),
            "show: GET sync (_)\nBFF0307 app/posts/[id]/route.rs:1:16 ~ `page: ~ `id` ~ Query",
        );
    }
    check_file(
        "posts",
        "#[get] fn show(id: u64) {}",
        "show: GET sync (_)\nBFF0307 app/posts/route.rs:1:16 ~ `/posts`",
    );
    // A `String` is the body, which GET has none of (RH-112).
    check_file(
        "posts/[id]",
        "#[get] fn show(name: String) {}",
        "show: GET sync (_)\nBFF0307 app/posts/[id]/route.rs:1:16 ~ `name: String` ~ `id`",
    );
    check_file("posts/[id]", "#[get] #[post] fn show(name: String) {}", "show: GET, POST sync (_)");
}

#[test]
fn a_param_is_taken_by_value_and_by_name() {
    check_file(
        "[id]",
        "
        #[get] fn a(id: &str) {}
        #[post] fn b(ref id: String) {}
        #[put] fn c(id @ _: String) {}
        ",
        "
        a: GET sync ([id]@0)
        b: POST sync (_)
        c: PUT sync (_)
        BFF0317 app/[id]/route.rs:1:17 ~ `id`
        BFF0317 app/[id]/route.rs:2:14 ~ `id`
        BFF0317 app/[id]/route.rs:3:13 ~ `id`
        ",
    );
}

#[test]
fn a_handler_is_not_generic() {
    check_file(
        "",
        "
        #[get] fn a<T>(x: Query<T>) {}
        #[post] fn b<const N: usize>() {}
        #[put] fn c<'a>() {}
        #[patch] fn d(x: impl FromRequest) {}
        ",
        "
        a: GET sync (_)
        b: POST sync ()
        c: PUT sync ()
        d: PATCH sync (_)
        BFF0305 app/route.rs:1:13 ~ `T`
        BFF0305 app/route.rs:2:20 ~ `N`
        BFF0305 app/route.rs:3:13 ~ `'a`
        BFF0305 app/route.rs:4:18 ~ impl
        ",
    );
}

#[test]
fn a_handler_is_a_plain_function() {
    check_file(
        "",
        "
        #[get] unsafe fn a() {}
        #[post] extern \"C\" fn b() {}
        #[put] const fn c() {}
        #[patch] fn d(&self) {}
        #[delete] fn e(self) {}
        ",
        "
        a: GET sync ()
        b: POST sync ()
        c: PUT sync ()
        d: PATCH sync (_)
        e: DELETE sync (_)
        BFF0308 app/route.rs:1:8 ~ `unsafe`
        BFF0308 app/route.rs:2:9 ~ `extern`
        BFF0308 app/route.rs:3:8 ~ `const`
        BFF0308 app/route.rs:4:16 ~ `self`
        BFF0308 app/route.rs:5:16 ~ `self`
        ",
    );
}

#[test]
fn rh_409_a_function_that_returns_a_handler_is_a_factory() {
    check_file(
        "auth/[...path]",
        "
        #[get] #[post] fn a(State(auth): State<Auth>) -> impl bff::Handler { auth.handler() }
        #[put] fn b() -> impl Handler + Clone {}
        #[patch] fn c() -> impl IntoResponse {}
        ",
        "
        a: GET, POST factory (_)
        b: PUT factory ()
        c: PATCH sync ()
        ",
    );
}

#[test]
fn a_factory_has_no_request() {
    check_file(
        "[id]",
        "
        #[get] async fn a() -> impl Handler {}
        #[post] fn b(id: u64) -> impl Handler {}
        ",
        "
        a: GET factory ()
        b: POST factory (_)
        BFF0316 app/[id]/route.rs:1:8 ~ `async`
        BFF0316 app/[id]/route.rs:2:14 ~ `id`
        ",
    );
}

#[test]
fn rh_065_other_methods_are_named_in_the_long_form() {
    check_file(
        "",
        "#[route(PROPFIND, QUERY, \"X-CUSTOM\", \"VERSION-CONTROL\")] fn f() {}",
        "f: PROPFIND, QUERY, X-CUSTOM, VERSION-CONTROL sync ()",
    );
}

#[test]
fn rh_065_rh_066_a_method_that_cannot_be_meant_is_an_error() {
    for (method, fact) in [
        ("GTE", "`GET`"),
        ("get", "`GET`"),
        ("FROBNICATE", "`\"FROBNICATE\"`"),
        ("TRACE", "`TRACE`"),
        ("CONNECT", "`CONNECT`"),
        ("\"\"", "``"),
        ("\"A B\"", "`A B`"),
        ("\"get\"", "`GET`"),
        ("\"Propfind\"", "`PROPFIND`"),
        ("\"TRACE\"", "`TRACE`"),
        ("\"trace\"", "`TRACE`"),
    ] {
        check_file(
            "",
            &format!("#[route({method})] fn f() {{}}"),
            &format!("f:  sync ()\nBFF0312 app/route.rs:1:9 ~ {fact}"),
        );
    }
}

#[test]
fn rh_355_rh_352_an_attribute_takes_keys_and_nothing_else() {
    for (attribute, code, column, fact) in [
        ("get(\"/posts\")", "BFF0311", 7, "folder"),
        ("get = \"/posts\"", "BFF0311", 9, "folder"),
        ("get(path = \"/posts\")", "BFF0309", 7, "`path`"),
        ("get(POST)", "BFF0309", 7, "`POST`"),
        ("get(content_type = \"image/png\")", "BFF0310", 7, "`content_type`"),
        ("get(rate_limit = \"10/minute\")", "BFF0311", 20, "`10/min`"),
        ("get(rate_limit = 10)", "BFF0311", 20, "is a string"),
        ("get(rate_limit = [])", "BFF0311", 20, "no limit"),
        ("get(cors)", "BFF0311", 7, "`cors = …`"),
        ("get(timeout(\"5s\"))", "BFF0311", 7, "`timeout = …`"),
        ("get(cors = \"https://a.example/\")", "BFF0830", 14, "ends with its host"),
        ("get(cors(origins = \"*\", credentials = true))", "BFF0831", 41, "exclude each other"),
        ("get(cors = \"*\", cors = \"*\")", "BFF0311", 19, "twice"),
        ("get(csrf = \"none\")", "BFF0311", 14, "`csrf = false`"),
        ("get(invalid_param = 410)", "BFF0311", 23, "`invalid_param"),
        ("get(1)", "BFF0311", 7, "`#[get]`"),
        ("get(timeout = 5)", "BFF0311", 17, "`timeout = \"5s\"`"),
        ("get(timeout = \"5\")", "BFF0311", 17, "without a unit"),
        ("get(body_limit = \"1mb\")", "BFF0311", 20, "`1mb`"),
        ("get(body_limt = \"1MiB\")", "BFF0309", 7, "`body_limit`"),
        ("get(concurrency = 0)", "BFF0311", 21, "from 1 to"),
        ("get(concurrency = \"10\")", "BFF0311", 21, "without quotes"),
        ("get(concurrency = 10u8)", "BFF0311", 21, "`concurrency = 100`"),
        ("get(require = \"usr\")", "BFF0311", 17, "did you mean `\"user\"`?"),
        ("get(require = \"admin\")", "BFF0311", 17, "without quotes"),
        ("get(require = [\"none\"])", "BFF0311", 18, "stands alone"),
        ("get(require = [])", "BFF0311", 17, "nothing"),
        ("get(require = 1)", "BFF0311", 17, "names a function"),
        ("get(require = admin())", "BFF0311", 17, "names a function"),
    ] {
        check_file(
            "",
            &format!("#[{attribute}] fn f() {{}}"),
            &format!("f: GET sync ()\n{code} app/route.rs:1:{column} ~ {fact}"),
        );
    }
    for attribute in ["route", "route()", "route(invalid_param = 400)"] {
        let suffix = if attribute.contains("400") { " invalid 400" } else { "" };
        check_file(
            "",
            &format!("#[{attribute}] fn f() {{}}"),
            &format!("f:  sync (){suffix}\nBFF0311 app/route.rs:1:3 ~ #[route(GET"),
        );
    }
}

#[test]
fn rh_114_rh_351_limits_of_a_handler_are_read() {
    for (attributes, expected) in [
        ("#[get(timeout = \"5s\")]", "f: GET sync () timeout Some(5s)"),
        ("#[get(timeout = \"none\")]", "f: GET sync () timeout None"),
        ("#[post(body_limit = \"64KiB\")]", "f: POST sync () body Some(65536)"),
        ("#[get(rate_limit = \"10/min\")]", "f: GET sync () rate [10/60s]"),
        ("#[get(rate_limit = \"none\")]", "f: GET sync () rate []"),
        (
            "#[get(rate_limit = [\"10/s by fn tenant\", \"9/h\"])]",
            "f: GET sync () rate [10/1s, 9/3600s]",
        ),
        ("#[get(concurrency = 1_000)]", "f: GET sync () concurrency Some(1000)"),
        ("#[get(concurrency = \"none\")]", "f: GET sync () concurrency None"),
        ("#[get(require = \"user\")]", "f: GET sync () requires bff::session::user"),
        (
            "#[get(require = [\"user\", crate::auth::admin])]",
            "f: GET sync () requires bff::session::user requires crate::auth::admin",
        ),
        ("#[get(require = \"none\")]", "f: GET sync () requires nothing of rules"),
        (
            "#[get(require = a)] #[post(require = b)]",
            "f: GET, POST sync () requires a\nBFF0311 app/route.rs:1:28 ~ twice",
        ),
        (
            "#[get(timeout = \"5s\")] #[post(body_limit = \"none\")]",
            "f: GET, POST sync () timeout Some(5s) body None",
        ),
        (
            "#[get(timeout = \"5s\")]\n#[post(timeout = \"6s\")]",
            "f: GET, POST sync () timeout Some(5s)\nBFF0311 app/route.rs:2:8 ~ twice",
        ),
    ] {
        check_file("", &format!("{attributes} fn f() {{}}"), expected);
    }
}

#[test]
fn rh_341_rh_345_what_is_kept_of_a_handler_is_read() {
    for (attributes, expected) in [
        ("#[get(revalidate = \"60s\")]", "show: GET sync () kept Every(60s)"),
        ("#[get(revalidate = \"none\")]", "show: GET sync () kept Never"),
        ("#[get(revalidate = 0)]", "show: GET sync () kept NotStored"),
        ("#[get(force_static)]", "show: GET sync () static"),
        (
            "#[get(force_static = true, revalidate = \"1d\")]",
            "show: GET sync () kept Every(86400s) static",
        ),
        (
            "#[get(revalidate = \"5m\", tags = [\"posts\", \"post:{id}\"], vary = [\"Accept-Language\", \"cookie:theme\"])]",
            "show: GET sync () kept Every(300s) tag posts tag post:{id} vary accept-language vary cookie:theme",
        ),
        (
            "#[get(revalidate = \"5m\", tags = \"posts\")]",
            "show: GET sync () kept Every(300s) tag posts",
        ),
        (
            "#[route(GET, POST)] #[bff::put(revalidate = \"5m\")]",
            "show: GET, POST, PUT sync () kept Every(300s)",
        ),
    ] {
        check_file("[id]", &format!("{attributes} fn show() {{}}"), expected);
    }
    super::support::check_api_file(
        "a.rs",
        "#[api(revalidate = \"5m\")] fn show() {}",
        "show: every sync () kept Every(300s)",
    );
}

#[test]
fn rh_345_rh_346_rh_355_keys_of_the_response_cache_that_make_no_sense_are_refused() {
    let many = ["\"t\"", "\"t\""].join(", ");
    for (attribute, line, code, column, fact) in [
        ("get(revalidate = 60)", "", "BFF0311", 20, "`revalidate = \"60s\"`"),
        ("get(revalidate = 0u8)", "", "BFF0311", 20, "is a string"),
        ("get(revalidate = -1)", "", "BFF0311", 20, "is a string"),
        ("get(revalidate = false)", "", "BFF0311", 20, "`revalidate = \"none\"`"),
        ("get(revalidate = \"0s\")", "", "BFF0311", 20, "`revalidate = 0`"),
        ("get(revalidate = \"500ms\")", "", "BFF0311", 20, "no unit"),
        (
            "get(revalidate = \"1s\", revalidate = \"1s\")",
            " kept Every(1s)",
            "BFF0311",
            26,
            "twice",
        ),
        ("get(revalidate)", "", "BFF0311", 7, "`revalidate = …`"),
        ("get(force_static = false)", "", "BFF0311", 22, "only be true"),
        ("get(force_static, force_static)", " static", "BFF0311", 21, "twice"),
        ("get(force_static, tags = [])", " static", "BFF0311", 28, "nothing in `tags`"),
        ("get(force_static, tags = [1])", " static", "BFF0311", 29, "is a string"),
        ("get(force_static, tags = [\"\"])", " static", "BFF0311", 29, "empty"),
        (&format!("get(force_static, tags = [{many}])"), " static tag t", "BFF0311", 34, "twice"),
        (
            "get(revalidate = \"1s\", vary = [\"cookie\"])",
            " kept Every(1s)",
            "BFF0311",
            34,
            "cookie:theme",
        ),
        (
            "get(revalidate = \"1s\", vary = [\"*\"])",
            " kept Every(1s)",
            "BFF0311",
            34,
            "everything",
        ),
        (
            "get(force_static, vary = \"accept\")",
            " static vary accept",
            "BFF0331",
            21,
            "same for everybody",
        ),
        (
            "get(revalidate = 0, force_static)",
            " kept NotStored static",
            "BFF0331",
            23,
            "keeps no answer",
        ),
        (
            "get(revalidate = 0, tags = \"a\")",
            " kept NotStored tag a",
            "BFF0331",
            23,
            "keeps no answer",
        ),
        ("get(tags = \"a\")", " tag a", "BFF0331", 7, "nothing has these kept"),
        ("get(vary = \"a\")", " vary a", "BFF0331", 7, "nothing has these kept"),
        (
            "get(force_static, tags = \"a:{di}\")",
            " static tag a:{di}",
            "BFF0331",
            28,
            "did you mean `{id}`?",
        ),
        (
            "get(force_static, tags = \"a:{x}\")",
            " static tag a:{x}",
            "BFF0331",
            28,
            "`{x}` is not a param of `/[id]`",
        ),
    ] {
        check_file(
            "[id]",
            &format!("#[{attribute}] fn f() {{}}"),
            &format!("f: GET sync (){line}\n{code} app/[id]/route.rs:1:{column} ~ {fact}"),
        );
    }
    check_file(
        "",
        "#[post(revalidate = \"60s\")] fn f() {}",
        "f: POST sync () kept Every(60s)\nBFF0331 app/route.rs:1:8 ~ gives none",
    );
    check_file(
        "",
        "#[get(force_static)] fn f() -> impl Handler {}",
        "f: GET factory () static\nBFF0331 app/route.rs:1:7 ~ factory",
    );
    let tags: Vec<String> = (0..129).map(|tag| format!("\"t{tag}\"")).collect();
    check_file(
        "",
        &format!("#[get(force_static, tags = [{}])] fn f() {{}}", tags.join(", ")),
        "f: GET sync () static\nBFF0311 app/route.rs:1:21 ~ 129 tags ~ 128",
    );
}

#[test]
fn a_handler_is_found_at_its_name() {
    let checked = super::support::checked(
        "//- app/route.rs\n/// ü\n#[get]\n    pub(crate) async fn ü() {}\n#[post] fn b() {}\n",
    );
    let handlers = &checked.tree.routes[0].content.handlers;
    let places: Vec<String> = handlers.iter().map(|handler| handler.location.to_string()).collect();
    assert_eq!(places, ["app/route.rs:3:25", "app/route.rs:4:12"]);
}
