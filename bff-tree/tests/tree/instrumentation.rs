//! `instrumentation.rs`: where it is, what is in it (rows IN-01 and IN-02).

use crate::tree::support::{check, checked};

const REGISTER: &str = "pub async fn register() -> bff::Result { Ok(()) }";

/// Checks an `instrumentation.rs` with this text; `expected` has its diagnostics.
#[track_caller]
fn check_instrumentation(text: &str, expected: &str) {
    check(
        &format!("//- app/route.rs\n//- instrumentation.rs\n{text}\n"),
        &format!("GET /\n{expected}"),
    );
}

#[test]
fn in_01_the_file_stands_beside_the_app_folder_and_anywhere_else_it_is_refused() {
    for (app, file) in [("app", "instrumentation.rs"), ("src/app", "src/instrumentation.rs")] {
        check(&format!("//- {app}/route.rs\n//- {file}\n{REGISTER}"), "GET /");
    }
    for name in ["Instrumentation.rs", "instrumentation.ts", "instrumentation.js"] {
        check(
            &format!("//- app/route.rs\n//- {name}\n{REGISTER}"),
            &format!("GET /\nBFF0521 {name} ~ `{name}` ~ `instrumentation.rs`"),
        );
    }
    for name in ["instrumentation.rs", "x/instrumentation.rs", "instrumentation.ts"] {
        check(
            &format!("//- app/route.rs\n//- app/{name}\n{REGISTER}"),
            &format!("GET /\nBFF0521 app/{name} ~ `instrumentation.rs`"),
        );
    }
    check(
        &format!("//- src/app/route.rs\n//- instrumentation.rs\n{REGISTER}"),
        "GET /\nBFF0521 instrumentation.rs ~ `src/instrumentation.rs`",
    );
    check(&format!("//- app/route.rs\n//- app/_lib/instrumentation.rs\n{REGISTER}"), "GET /");
}

#[test]
fn in_01_a_second_file_is_refused_and_a_module_of_the_program_is_not() {
    // In a program that has its app folder elsewhere, `src` holds ordinary modules.
    check(&format!("//- app/route.rs\n//- src/instrumentation.rs\n{REGISTER}"), "GET /");
    check(
        "//- app/route.rs\n//- src/instrumentation.rs\npub async fn on_request_error() {}",
        "GET /\nBFF0521 src/instrumentation.rs ~ `instrumentation.rs`, beside",
    );
    check(
        &format!(
            "//- src/app/route.rs\n//- src/instrumentation.rs\n{REGISTER}\n//- instrumentation.rs\n{REGISTER}"
        ),
        "GET /\nBFF0521 instrumentation.rs ~ `src/instrumentation.rs`",
    );
}

#[test]
fn in_01_in_02_functions_are_taken_in_every_form_that_can_be_called() {
    let text = "
        use bff::instrumentation::*;
        #[cfg(feature = \"otel\")]
        pub async fn register() -> bff::Result { Ok(()) }
        #[cfg(not(feature = \"otel\"))]
        pub(crate) fn register() {}
        /// Tells somebody.
        pub async fn on_request_error<'a>(error: &'a bff::Error, context: ErrorContext) {}
        fn registers() {}
    ";
    let fixture = format!("//- app/route.rs\n//- instrumentation.rs\n{text}");
    let checked = checked(&fixture);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let found = checked.tree.instrumentation.as_ref().expect("an instrumentation file");
    let seen = |functions: &[bff_tree::InstrumentationFunction]| {
        let seen = functions.iter().map(|it| (it.is_async, it.arguments, it.cfgs.join(",")));
        seen.collect::<Vec<_>>()
    };
    assert_eq!(
        seen(&found.register),
        [
            (true, 0, "feature = \"otel\"".to_owned()),
            (false, 0, "not (feature = \"otel\")".to_owned())
        ]
    );
    assert_eq!(seen(&found.on_request_error), [(true, 2, String::new())]);
}

#[test]
fn in_01_in_02_a_file_without_its_functions_is_told_which_they_are() {
    check_instrumentation("fn start() {}", "BFF0522 instrumentation.rs ~ `register`");
    check_instrumentation("mod a { pub fn register() {} }", "BFF0522 instrumentation.rs");
    for (name, near) in [
        ("regster", "register"),
        ("onRequestError", "on_request_error"),
        ("on_request_errors", "on_request_error"),
    ] {
        check_instrumentation(
            &format!("pub async fn {name}() {{}}"),
            &format!("BFF0522 instrumentation.rs:1:14 ~ `{name}` ~ `{near}`"),
        );
    }
    // Beside the real ones it is a helper, and so is what is not public.
    check_instrumentation(&format!("{REGISTER}\npub fn registered() {{}}"), "");
    check_instrumentation(&format!("{REGISTER}\nfn onRequestError() {{}}"), "");
}

#[test]
fn in_01_in_02_a_function_that_cannot_be_called_is_refused_where_it_is_wrong() {
    for (text, expected) in [
        ("async fn register() {}", "1:10 ~ private ~ `pub async fn register`"),
        ("fn on_request_error() {}", "1:4 ~ private"),
        ("pub async fn register(app: App) {}", "1:14 ~ no arguments ~ `main`"),
        ("pub fn register<T>() {}", "1:8 ~ generic"),
        ("pub unsafe fn register() {}", "1:15 ~ unsafe"),
        ("pub fn register(&self) {}", "1:8 ~ `self`"),
        ("pub fn on_request_error(a: A, b: B, c: C, d: D) {}", "1:8 ~ three things"),
        ("/// Ä\n/// Doc.\n#[cfg(x)]\nasync fn register() {}", "4:10 ~ private"),
    ] {
        check_instrumentation(text, &format!("BFF0523 instrumentation.rs:{expected}"));
    }
    // What is not Rust is rustc's to report.
    check_instrumentation("pub async fn register(: u8) {}", "");
}
