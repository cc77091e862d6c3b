//! What holds for every tree.

use std::collections::HashSet;

use bff_tree::{Segment, SourceFile, SourceTree, check, render};
use proptest::{prelude::*, sample::select, test_runner::FileFailurePersistence};

#[test]
fn a_thousand_routes_are_a_thousand_routes() {
    let kinds =
        ["", "/[id]", "/[id]/comments", "/[...path]", "/(group)/x.json", "/.well-known/%5Fx"];
    let mut fixture = String::new();
    let text =
        "#[get] async fn index(State(db): State<Db>) -> Json<Page> { Json(db.page().await) }\n";
    for number in 0..1000 {
        let kind = kinds[number % kinds.len()];
        fixture += &format!("//- app/api/v{}/r{number}{kind}/route.rs\n{text}", number % 7);
    }
    let checked = check(&SourceTree::from_fixture(&fixture));
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    assert_eq!(checked.tree.routes.len(), 1000);
    assert_eq!(checked.into_valid().expect("a valid tree").routes().len(), 1000);
}

/// Failures are kept in this file's own words, not in a file of seeds.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

/// Folder names near the syntax: pieces of it, in any order.
fn folder() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a", "b", "A", "[", "]", "[[", "]]", "...", "…", ".", "_", "@", "(", ")", "(.)", "%",
        "%5F", "%2F", "é", "-", " ", "\\",
    ];
    prop_oneof![
        2 => proptest::collection::vec(select(PIECES), 1..6).prop_map(|pieces| pieces.concat()),
        1 => "[^/\\x00]{1,8}",
    ]
}

/// Folder names that are mostly right, and few, so that they meet each other.
fn good_folder() -> impl Strategy<Value = &'static str> {
    const NAMES: &[&str] = &[
        "a", "b", "a b", "a%20b", "[x]", "[y]", "[a-b]", "[a_b]", "[...x]", "[...y]", "[[...x]]",
        "[[...y]]", "(g)", "(h)",
    ];
    select(NAMES)
}

fn source(files: Vec<(String, String)>, public: Vec<String>) -> SourceTree {
    let mut files: Vec<SourceFile> =
        files.into_iter().map(|(path, text)| SourceFile { path, text: Some(text) }).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    let mut public = public;
    public.sort();
    SourceTree { app: Some("app".to_owned()), files, public, ..SourceTree::default() }
}

/// Text near a route file.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "#[get]",
        "#[route(",
        "GET",
        "\"x\"",
        ")]",
        "#![cfg(x)]",
        "async ",
        "fn ",
        "show",
        "(",
        ")",
        "{",
        "}",
        "id: u64",
        ", ",
        "<",
        ">",
        "'a",
        "'",
        "\"",
        "r#\"",
        "/*",
        "*/",
        "// ",
        "///",
        "\n",
        "\r",
        ";",
        "mod x",
        "impl ",
        "é",
        "\u{feff}",
        "invalid_param = 400",
        "=",
    ];
    prop_oneof![
        2 => proptest::collection::vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat()),
        1 => "(?s).{0,60}",
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_folder_names_and_any_text_are_checked(
        routes in proptest::collection::vec((proptest::collection::vec(folder(), 0..4), text()), 0..5),
        names in proptest::collection::vec(folder(), 0..4),
        public in proptest::collection::vec(folder(), 0..3),
    ) {
        let mut files: Vec<(String, String)> = routes
            .into_iter()
            .map(|(folders, text)| {
                let folders: String = folders.iter().map(|folder| format!("{folder}/")).collect();
                (format!("app/{folders}route.rs"), text)
            })
            .collect();
        files.extend(names.into_iter().map(|name| (format!("app/x/{name}.rs"), String::new())));
        let checked = check(&source(files, public));
        for diagnostic in &checked.diagnostics {
            prop_assert!(!render(diagnostic).is_empty());
            prop_assert!(!diagnostic.help.is_empty() && !diagnostic.message.is_empty());
        }
        for route in &checked.tree.routes {
            prop_assert!(!route.pattern.axum_patterns().is_empty());
        }
    }

    #[test]
    fn any_text_is_checked_as_a_fixture(text in "(?s).{0,80}|//- app/route.rs\n(?s).{0,80}") {
        check(&SourceTree::from_fixture(&text));
    }

    #[test]
    fn in_a_valid_tree_no_two_patterns_match_the_same_urls(
        folders in proptest::collection::hash_set(proptest::collection::vec(good_folder(), 0..4), 1..8),
    ) {
        let files = folders.iter().map(|folders| {
            let folders: String = folders.iter().map(|folder| format!("{folder}/")).collect();
            (format!("app/{folders}route.rs"), "#[get] fn index() {}".to_owned())
        });
        let Ok(tree) = check(&source(files.collect(), Vec::new())).into_valid() else { return Ok(()) };
        let mut urls = HashSet::new();
        for route in tree.routes() {
            let segments = route.pattern.segments();
            prop_assert!(segments.iter().rev().skip(1).all(|segment| !segment.is_catch_all()), "{}", route.folder);
            prop_assert!(urls.insert(route.pattern.shape()), "{}", route.folder);
            // An optional catch-all also stands for its bare folder and for the catch-all.
            if let Some((Segment::OptionalCatchAll(name), folder)) = segments.split_last() {
                let catch_all = [folder, &[Segment::CatchAll(name.clone())]].concat();
                for also in [folder, &catch_all] {
                    prop_assert!(urls.insert(bff_tree::RoutePattern::new(also).shape()), "{}", route.folder);
                }
            }
            let arguments: HashSet<&str> = route.pattern.params().map(|(_, _, param)| &*param.argument).collect();
            prop_assert_eq!(arguments.len(), route.pattern.params().count());
        }
    }

    #[test]
    fn what_a_segment_parses_to_is_written_back(name in "[a-z][a-z0-9_]{0,5}") {
        for folder in [format!("[{name}]"), format!("[...{name}]"), format!("[[...{name}]]")] {
            let argument = Segment::parse(&folder).ok().and_then(|segment| Some(segment.param()?.argument.clone()));
            let usable = !matches!(&*name, "self" | "super" | "crate");
            prop_assert_eq!(argument, usable.then(|| name.clone()));
        }
    }
}
