//! Sections 1.2 and 1.3: static and dynamic segments.

use bff_tree::{Code, Segment};

use super::support::{check, check_file, pattern};

/// Checks an app of a route in this folder beside another one: its line, or its diagnostic.
#[track_caller]
fn check_folder(folder: &str, expected: &str) {
    let expected = match expected.split_once(' ') {
        Some((code, facts)) if code.starts_with("BFF") => {
            format!("{code} app/{folder}/route.rs {facts}")
        }
        _ => format!("GET {expected}"),
    };
    check(
        &format!("//- app/!/route.rs\n//- app/{folder}/route.rs\n"),
        &format!("GET /!\n{expected}"),
    );
}

#[test]
fn rh_012_a_folder_name_is_a_literal_in_its_own_case() {
    check_folder("m/get", "/m/get");
    check_folder("M/Get", "/M/Get");
    assert_ne!(pattern("M/get"), pattern("m/get"));
}

#[test]
fn rh_013_a_dot_is_an_ordinary_character_also_in_front() {
    check_folder("rss.xml", "/rss.xml");
    check_folder("data.json", "/data.json");
    check_folder("v1.0/x", "/v1.0/x");
    check_folder(".well-known/thing", "/.well-known/thing");
    check_folder("...", "/...");
}

#[test]
fn rh_014_a_group_is_left_out_of_the_url() {
    check_folder("(grp)/ingroup", "/ingroup");
    check_folder("(a)/(b)/x/(c)", "/x");
    check_folder("(only)", "/");
    check_folder("a/(b c)/[id]", "/a/[id]");
}

#[test]
fn parentheses_that_make_no_group_are_an_error() {
    for folder in ["()", "(shop", "shop)", "a(b)", "(a)b", "((a))", "(a)(b)"] {
        check_folder(folder, &format!("BFF0213 ~ `{folder}` ~ %28"));
    }
}

#[test]
fn rh_015_a_private_folder_is_never_routed() {
    for folder in ["_lib", "_", "__tests__", "a/_lib", "_lib/a/b", "(grp)/_lib"] {
        check(
            &format!(
                "//- app/route.rs\n//- app/{folder}/queries.rs\n//- app/{folder}/route.rs\nfn helper() {{}}\n"
            ),
            "GET /",
        );
    }
}

#[test]
fn rh_015_handlers_below_a_private_folder_are_an_error() {
    for (folder, private, public) in [
        ("_lib", "`_lib`", "`%5Flib`"),
        ("_lib/a/[id]", "`_lib`", "`%5Flib`"),
        ("a/_b/_c", "`_b`", "`%5Fb`"),
        ("[broken/_b", "`_b`", "`%5Fb`"),
    ] {
        let file = format!("app/{folder}/route.rs");
        check(
            &format!("//- app/route.rs\n//- {file}\n"),
            &format!("GET /\nBFF0105 {file} ~ {private} ~ {public}"),
        );
    }
}

#[test]
fn rh_016_an_encoded_folder_name_stands_for_a_url_that_the_syntax_claims() {
    check_folder("%5Funder", "/_under");
    check_folder("%5funder", "/_under");
    check_folder("%40me", "/@me");
    check_folder("%5Bid%5D", "/[id]");
    check_folder("%28x%29", "/(x)");
    check_folder("100%25", "/100%");
    assert!(matches!(Segment::parse("%5Bid%5D"), Ok(Segment::Literal(_))));
}

#[test]
fn rh_016_an_escape_that_no_url_segment_can_have_is_an_error() {
    for folder in [
        "50%", "%zz", "%4", "%FF", "%E6%97", "%2F", "a%2Fb", "%5C", "%2E", "%2e%2E", "%00", "%0A",
        "%7F",
    ] {
        check_folder(folder, &format!("BFF0214 ~ `{folder}`"));
    }
}

#[test]
fn rh_016_two_spellings_of_one_literal_are_one_url() {
    check(
        "
        //- app/a b/route.rs
        //- app/a%20b/route.rs
        ",
        "
        GET /a b
        GET /a b
        BFF0401 app/a%20b/route.rs, app/a b/route.rs ~ `/a b`
        ",
    );
}

#[test]
fn rh_017_a_route_below_a_parallel_slot_is_an_error() {
    check_folder("par/@slot/thing", "BFF0211 ~ `@slot` ~ `%40slot`");
    check_folder("@slot", "BFF0211 ~ `@slot`");
    // Without a route below it, it is any folder.
    check("//- app/route.rs\n//- app/@slot/helper.rs\n", "GET /");
}

#[test]
fn rh_018_a_route_below_an_interception_folder_is_an_error() {
    for (folder, marker) in [
        ("(.)x", "`(.)`"),
        ("(..)x", "`(..)`"),
        ("(..)(..)x", "`(..)`"),
        ("(...)x", "`(...)`"),
        ("(.)", "`(.)`"),
    ] {
        check_folder(folder, &format!("BFF0212 ~ `{folder}` ~ {marker}"));
    }
}

#[test]
fn rh_019_other_letters_and_spaces_are_literals_and_are_matched_encoded() {
    check_folder("日本", "/日本");
    check_folder("a b", "/a b");
    assert_eq!(pattern("a b/日本").axum_patterns(), ["/a%20b/%E6%97%A5%E6%9C%AC"]);
    assert_eq!(pattern("a b").literal_path().as_deref(), Some("/a b"));
}

#[test]
fn rh_020_a_folder_that_mixes_text_and_brackets_is_an_error() {
    for (folder, whole) in [
        ("[name].json", "`[name]`"),
        ("v[n]", "`[n]`"),
        ("[a]-[b]", "`[a]`"),
        ("[a][b]", "`[a]`"),
        ("x[...rest]", "`[rest]`"),
    ] {
        check_folder(folder, &format!("BFF0203 ~ `{folder}` ~ {whole}"));
    }
}

#[test]
fn rh_021_index_is_an_ordinary_name() {
    check_folder("index", "/index");
    check_folder("echo/index/x", "/echo/index/x");
    check(
        "
        //- app/echo/[[...p]]/route.rs
        //- app/echo/index/route.rs
        ",
        "
        GET /echo/[[...p]]
        GET /echo/index
        ",
    );
}

#[test]
fn rh_022_brackets_are_a_param() {
    check_folder("posts/[id]", "/posts/[id]");
    check_file("posts/[id]", "#[get] async fn show(id: u64) {}", "show: GET async ([id]@1)");
}

#[test]
fn rh_023_three_dots_are_a_catch_all() {
    check_folder("files/[...path]", "/files/[...path]");
    check_file(
        "files/[...path]",
        "#[get] async fn show(path: Vec<String>) {}",
        "show: GET async ([...path]@1)",
    );
    assert_eq!(pattern("files/[...path]").axum_patterns(), ["/files/{*path}"]);
}

#[test]
fn rh_024_double_brackets_are_an_optional_catch_all() {
    check_folder("shop/[[...filters]]", "/shop/[[...filters]]");
    check_file(
        "shop/[[...filters]]",
        "#[get] async fn show(filters: Option<Vec<String>>) {}",
        "show: GET async ([[...filters]]@1)",
    );
    assert_eq!(pattern("shop/[[...filters]]").axum_patterns(), ["/shop", "/shop/{*filters}"]);
    assert_eq!(pattern("[[...all]]").axum_patterns(), ["/", "/{*all}"]);
}

#[test]
fn rh_025_params_are_told_apart_by_name_and_found_by_place() {
    check_file(
        "(shop)/[org]/x/[repo]/[...path]",
        "#[get] async fn show(path: Vec<String>, org: String, repo: u8) {}",
        "show: GET async ([...path]@3, [org]@0, [repo]@2)",
    );
    // A handler takes those that it needs.
    check_file("[org]/[repo]", "#[get] async fn show(repo: u8) {}", "show: GET async ([repo]@1)");
}

#[test]
fn rh_029_a_route_without_dynamic_segments_has_no_params() {
    check_file("posts", "#[get] async fn list(query: Query<Page>) {}", "list: GET async (_)");
    assert_eq!(pattern("posts/(x)").params().count(), 0);
}

#[test]
fn rh_030_a_param_that_does_not_parse_is_404_unless_the_handler_says_400() {
    check_file(
        "[id]",
        "
        #[get] async fn a(id: u8) {}
        #[post(invalid_param = 400)] async fn b(id: u8) {}
        #[put(invalid_param = 404)] async fn c(id: u8) {}
        ",
        "
        a: GET async ([id]@0)
        b: POST async ([id]@0) invalid 400
        c: PUT async ([id]@0)
        ",
    );
    for value in ["500", "\"400\"", "true", "status()"] {
        check_file(
            "[id]",
            &format!("#[get(invalid_param = {value})] async fn a(id: u8) {{}}"),
            "
            a: GET async ([id]@0)
            BFF0311 app/[id]/route.rs:1:23 ~ 404 ~ 400
            ",
        );
    }
}

#[test]
fn rh_031_an_argument_is_a_param_or_an_extractor() {
    check_file(
        "[id]",
        "
        #[get]
        async fn show(State(db): State<Db>, id: u64, headers: HeaderMap, Json(body): Json<Post>) {}
        ",
        "show: GET async (_, [id]@0, _, _)",
    );
}

#[test]
fn rh_032_a_param_name_becomes_an_argument_name() {
    for (folder, argument) in
        [("[post-id]", "post_id"), ("[type]", "r#type"), ("[größe]", "größe"), ("[_x]", "_x")]
    {
        check_file(
            folder,
            &format!("#[get] async fn show({argument}: u8) {{}}"),
            &format!("show: GET async ({folder}@0)"),
        );
    }
    for folder in [
        "[1d]",
        "[a b]",
        "[a.b]",
        "[a+b]",
        "[self]",
        "[Self]",
        "[super]",
        "[crate]",
        "[_]",
        "[-]",
        "[👍]",
        "[...9]",
        "[[...a b]]",
    ] {
        check_folder(folder, &format!("BFF0208 ~ `{folder}`"));
    }
}

#[test]
fn a_folder_without_a_route_below_it_may_have_any_name() {
    check("//- app/route.rs\n//- app/[id/()/@x/helper.rs\n", "GET /");
}

#[test]
fn every_mistake_of_a_folder_name_has_a_code_of_the_second_family() {
    for folder in
        ["[]", "[id", "[a]b", "[[id]]", "[…x]", "[.x]", "[[[x]]]", "[1]", "@x", "(.)x", "()", "%"]
    {
        let mistake = Segment::parse(folder).expect_err(folder);
        assert!(mistake.code.as_str().starts_with("BFF02"), "{folder}: {}", mistake.code);
        assert_ne!(mistake.code, Code::DuplicateParam, "{folder}");
    }
}
