//! What stands in a route file: its handlers, and what keeps it from having any.

use super::support::{check, check_file};

#[test]
fn a_file_without_a_handler_is_an_error() {
    for text in [
        "// nothing here yet",
        "fn helper() {}",
        "pub mod queries;",
        "#![allow(dead_code)]\n\nconst X: u8 = 1;",
        "/// Docs of nothing.",
        "this is not Rust",
        "}}}",
    ] {
        check_file("posts", text, "BFF0301 app/posts/route.rs ~ #[bff::get]");
    }
}

#[test]
fn a_handler_that_is_commented_out_or_quoted_is_none() {
    check_file(
        "",
        r##"
        // #[get]
        // async fn show() {}
        /* #[get] async fn show() {} /* nested */ #[get] async fn again() {} */
        /// ```
        /// #[get]
        /// async fn show() {}
        /// ```
        const TEXT: &str = "
        #[get]
        async fn show() {}
        ";
        const RAW: &str = r#"
        #[get]
        async fn show() {}
        "#;
        "##,
        "BFF0301 app/route.rs",
    );
}

#[test]
fn handlers_are_found_whatever_stands_around_them() {
    check_file(
        "",
        r##"
        //! A file with everything.
        #![allow(unused)]
        use bff::{get, post};
        use super::{a, b::{c, d}};
        static BRACES: [char; 2] = ['{', '}'];
        const QUOTE: &str = "#[get] fn no() { \" }";
        macro_rules! m { ($x:expr) => { { $x } } }
        thread_local! { static T: u8 = const { 1 } }
        struct Page<'a, const N: usize> { lines: [&'a str; N] }
        impl<'a, const N: usize> Page<'a, N> { fn get(&self) -> &'a str { "}" } }
        #[get]
        async fn first() -> Page<fn() -> u8, { 1 + 1 }> { panic!("{") }
        fn helper<F>(f: F) where F: Fn(u8) -> u8, { f(1); }
        #[post] #[inline] pub(crate) async fn second() -> [u8; { 2 }] { [0; 2] }
        #[bff::put]
        #[cfg(unix)]
        /// Docs below the attributes.
        pub fn third() {}
        trait Shape { fn area(&self) -> f32; }
        #[::bff::delete] fn r#fn() where { }
        "##,
        "
        first: GET async ()
        second: POST async ()
        third: PUT sync () cfg(unix) /// Docs below the attributes.
        r#fn: DELETE sync ()
        ",
    );
}

#[test]
fn rh_049_each_method_has_its_attribute_and_the_name_of_the_function_is_free() {
    for (attribute, method) in [
        ("get", "GET"),
        ("post", "POST"),
        ("put", "PUT"),
        ("patch", "PATCH"),
        ("delete", "DELETE"),
        ("head", "HEAD"),
        ("options", "OPTIONS"),
    ] {
        for path in [attribute.to_owned(), format!("bff::{attribute}"), format!("{attribute}()")] {
            check_file("", &format!("#[{path}] fn any() {{}}"), &format!("any: {method} sync ()"));
        }
    }
}

#[test]
fn rh_050_one_function_may_answer_several_methods() {
    check_file("", "#[get] #[post] async fn f() {}", "f: GET, POST async ()");
    check_file("", "#[route(GET, HEAD, \"M-SEARCH\")] fn f() {}", "f: GET, HEAD, M-SEARCH sync ()");
    check_file("", "#[route(PUT)] #[patch] fn f() {}", "f: PUT, PATCH sync ()");
}

#[test]
fn one_method_has_one_handler() {
    check_file(
        "",
        "
        #[get] async fn a() {}
        #[route(POST, GET)] async fn b() {}
        #[get] async fn c() {}
        ",
        "
        a: GET async ()
        b: POST, GET async ()
        c: GET async ()
        BFF0302 app/route.rs:2:30, app/route.rs:1:17 ~ `GET` ~ `a` ~ `b`
        BFF0302 app/route.rs:3:17, app/route.rs:1:17 ~ `GET` ~ `a` ~ `c`
        ",
    );
    check_file(
        "",
        "#[get] #[route(GET, POST, POST)] fn a() {}",
        "
        a: GET, POST sync ()
        BFF0302 app/route.rs:1:16 ~ `GET`
        BFF0302 app/route.rs:1:27 ~ `POST`
        ",
    );
}

#[test]
fn handlers_of_one_method_may_be_told_apart_by_cfg() {
    check_file(
        "",
        "
        #[cfg(unix)] #[get] fn a() {}
        #[get] #[cfg(all(not(unix), feature = \"x\"))] fn b() {}
        ",
        "
        a: GET sync () cfg(unix)
        b: GET sync () cfg(all (not (unix) , feature = \"x\"))
        ",
    );
    // One of them is always there, so on unix there are two.
    check_file(
        "",
        "
        #[cfg(unix)] #[get] fn a() {}
        #[get] fn b() {}
        ",
        "
        a: GET sync () cfg(unix)
        b: GET sync ()
        BFF0302 app/route.rs:2:11, app/route.rs:1:24
        ",
    );
}

#[test]
fn docs_are_collected_line_by_line() {
    check_file(
        "",
        r#"
        /// One post.
        ///
        ///   By its id.
        #[get]
        #[doc = "And more."]
        // Not this.
        fn a() {}
        "#,
        "a: GET sync () /// One post. ///  /// By its id. /// And more.",
    );
}

#[test]
fn the_cfgs_of_a_file_are_collected() {
    let checked = super::support::checked(
        "//- app/route.rs\n#![cfg(feature = \"x\")]\n#![allow(dead_code)]\n#![cfg( unix )]\n#[get] fn a() {}\n",
    );
    let cfgs: Vec<&str> =
        checked.tree.routes[0].content.cfgs.iter().map(|cfg| cfg.trim()).collect();
    assert_eq!(cfgs, ["feature = \"x\"", "unix"]);
}

#[test]
fn a_misspelt_attribute_is_an_error() {
    for (attribute, near) in [
        ("gett", "#[get]"),
        ("GET", "#[get]"),
        ("Post", "#[post]"),
        ("bff::pots", "#[post]"),
        ("delte", "#[delete]"),
        ("option", "#[options]"),
        ("routes(GET)", "#[route]"),
        ("rout(GET)", "#[route]"),
    ] {
        let word = attribute.split('(').next().expect("a word");
        let column = 3 + word.rfind(':').map_or(0, |colon| colon + 1);
        let last = &word[column - 3..];
        check_file(
            "",
            &format!("#[{attribute}] async fn show() {{}}"),
            &format!("BFF0303 app/route.rs:1:{column} ~ `#[{last}]` ~ `{near}`"),
        );
    }
    for attribute in
        ["inline", "must_use", "cold", "tokio::main", "instrument(skip_all)", "allow(dead_code)"]
    {
        check_file("", &format!("#[{attribute}] async fn show() {{}}"), "BFF0301 app/route.rs");
    }
}

#[test]
fn rh_067_a_function_named_like_a_method_wants_its_attribute() {
    for name in ["get", "GET", "Get", "post", "OPTIONS"] {
        let attribute = format!("#[bff::{}]", name.to_lowercase());
        check_file(
            "",
            &format!("pub async fn {name}() {{}}"),
            &format!("BFF0304 app/route.rs:1:14 ~ `{name}` ~ {attribute}"),
        );
    }
}

#[test]
fn rh_067_each_function_named_like_a_method_is_told() {
    check_file(
        "",
        "
        pub async fn GET() {}
        pub async fn POST() {}
        async fn helper() {}
        ",
        "
        BFF0304 app/route.rs:1:14 ~ `GET`
        BFF0304 app/route.rs:2:14 ~ `POST`
        ",
    );
}

#[test]
fn rh_067_beside_handlers_only_the_spelling_of_a_method_is_suspicious() {
    check_file(
        "",
        "
        #[get] async fn show() {}
        async fn post() {}
        fn delete() {}
        ",
        "show: GET async ()",
    );
    check_file(
        "",
        "
        #[get] async fn show() {}
        pub async fn POST() {}
        ",
        "
        show: GET async ()
        BFF0304 app/route.rs:2:14 ~ `POST` ~ #[bff::post]
        ",
    );
}

#[test]
fn rh_069_a_route_file_without_a_method_is_an_error() {
    check(
        "
        //- app/posts/route.rs
        pub fn helper() {}
        ",
        "
        nothing /posts
        BFF0301 app/posts/route.rs
        ",
    );
}

#[test]
fn a_handler_stands_at_the_top_level() {
    check_file(
        "",
        "
        mod inner {
            #[get]
            pub async fn show() {}
        }
        impl Posts { #[bff::post(invalid_param = 400)] pub(crate) async fn create() {} }
        fn outer() { #[cfg(unix)] #[put] unsafe extern \"C\" fn f() {} }
        wrap! { #[route(GET)] fn g() {} }
        ",
        "
        BFF0314 app/route.rs:2:5 ~ #[get]
        BFF0314 app/route.rs:5:14 ~ #[post]
        BFF0314 app/route.rs:6:27 ~ #[put]
        BFF0314 app/route.rs:7:9 ~ #[route]
        ",
    );
}

#[test]
fn an_attribute_of_that_name_on_anything_else_is_not_ours() {
    check_file(
        "",
        "
        #[derive(Getters)]
        struct Post { #[get = \"pub\"] title: String, #[set] #[get] pub(crate) id: u64 }
        enum E { #[route(\"/x\")] A, #[get] B(u8) }
        #[get] fn show() {}
        ",
        "show: GET sync ()",
    );
}

#[test]
fn rh_070_a_handler_is_a_function() {
    for item in [
        "const GET: u8 = 5;",
        "const GET: fn() = show;",
        "static GET: u8 = 5;",
        "pub use library::show;",
        "struct Show;",
        "mod show {}",
        "impl Show { fn get() {} }",
        "type Show = fn();",
    ] {
        check_file("", &format!("#[get] {item}"), "BFF0313 app/route.rs:1:3 ~ #[get]");
    }
}

#[test]
fn a_handler_that_is_not_rust_is_left_to_the_compiler() {
    check_file("", "#[get] async fn show(id: ) {}", "");
    check_file("", "#[get] async fn show(", "BFF0301 app/route.rs");
}

#[test]
fn a_handler_is_found_in_a_file_with_a_mark_and_other_line_ends() {
    check_file(
        "",
        "\u{feff}#[get]\r\nasync fn show() {}\r\n#[get]\r\nfn ähnlich() {}\r\n",
        "
        show: GET async ()
        ähnlich: GET sync ()
        BFF0302 app/route.rs:4:4, app/route.rs:2:10
        ",
    );
}
