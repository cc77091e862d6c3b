use super::*;
use crate::{Checked, SourceTree, check};

/// The route at `app/<folder>/route.rs` with this text.
fn checked(folder: &str, text: &str) -> Checked {
    check(&SourceTree::from_fixture(&format!("//- app/{folder}/route.rs\n{text}\n")))
}

/// What is wrong, as `code line message`.
fn mistakes(folder: &str, text: &str) -> Vec<String> {
    let found = checked(folder, text).diagnostics;
    let found = found.iter().map(|it| format!("{} {} {}", it.code, it.location.line, it.message));
    found.collect()
}

const GET: &str = "#[get(force_static)] async fn show(id: u64) {}";

#[test]
fn rh_317_rh_318_the_function_of_a_route_file_is_found() {
    for (attribute, function, expected) in [
        ("#[static_params]", "async fn ids() -> Vec<u64>", (true, false, true)),
        ("#[bff::static_params()]", "fn ids() -> Vec<u64>", (false, false, true)),
        (
            "#[static_params(dynamic_params = false)]",
            "async fn ids(State(db): State<Db>) -> bff::Result<Vec<u64>>",
            (true, true, false),
        ),
        (
            "#[static_params(dynamic_params = true,)]",
            "fn ids() -> impl Iterator<Item = u64>",
            (false, false, true),
        ),
    ] {
        let found = checked("posts/[id]", &format!("{GET}\n{attribute} {function} {{}}"));
        assert!(found.diagnostics.is_empty(), "{function}: {:?}", found.diagnostics);
        let [(listed, _)] = &found.tree.routes[0].content.static_params[..] else {
            panic!("{function}: one function");
        };
        assert_eq!(listed.name, "ids");
        let flags = (listed.is_async, listed.is_fallible, listed.dynamic_params);
        assert_eq!(flags, expected, "{function}");
    }
}

#[test]
fn rh_320_rh_322_rh_324_what_cannot_list_params_is_refused_at_its_token() {
    let at = |text: &str| mistakes("posts/[id]", &format!("{GET}\n{text}"));
    for (text, expected) in [
        ("#[static_params] fn ids() {}", "BFF0341 2 `ids` lists nothing"),
        (
            "#[static_params] unsafe fn ids() -> Vec<u64> {}",
            "BFF0341 2 a function that lists params cannot be `unsafe`",
        ),
        (
            "#[static_params] fn ids<T>() -> Vec<T> {}",
            "BFF0341 2 a function that lists params cannot be generic, but this one has `T`",
        ),
        (
            "#[static_params]\nfn ids(&self) -> Vec<u64> {}",
            "BFF0341 3 a function that lists params is a free function and takes no `self`",
        ),
        (
            "#[static_params] fn ids(id: u64) -> Vec<u64> {}",
            "BFF0341 2 `id` is what this function lists, not what it is given",
        ),
        (
            "#[static_params(dynamicParams = false)] fn ids() -> Vec<u64> {}",
            "BFF0309 2 `#[static_params]` has no key `dynamicParams`",
        ),
        (
            "#[static_params(dynamic_params = \"no\")] fn ids() -> Vec<u64> {}",
            "BFF0311 2 `dynamic_params` is true or false",
        ),
        (
            "#[static_params] fn a() -> Vec<u64> {}\n#[static_params] fn b() -> Vec<u64> {}",
            "BFF0340 3 `a` and `b` would both list the params of this route",
        ),
    ] {
        assert_eq!(at(text), [expected], "{text}");
    }
    assert_eq!(
        mistakes(
            "about",
            "#[get(force_static)] async fn f() {}\n#[static_params] fn ids() -> [u8; 0] {}"
        ),
        ["BFF0340 2 this route has no params that could be listed"]
    );
}

#[test]
fn a_cfg_may_put_one_function_in_the_place_of_another() {
    let two = |first: &str, second: &str| {
        let one = |cfg: &str, name: &str| {
            format!("#[static_params]\n{cfg} fn {name}() -> Vec<u64> {{}}\n")
        };
        let text = format!("{GET}\n{}{}", one(first, "a"), one(second, "b"));
        let found = checked("posts/[id]", &text);
        let listed = found.tree.routes[0].content.static_params.iter();
        let cfgs = listed.map(|(it, place)| (it.cfgs.join(" "), place.line));
        (mistakes("posts/[id]", &text), cfgs.collect::<Vec<_>>())
    };
    let (unix, not) = ("unix".to_owned(), "not (unix)".to_owned());
    let both = (Vec::new(), vec![(unix.clone(), 2), (not, 4)]);
    assert_eq!(two("#[cfg(unix)]", "#[cfg(not(unix))]"), both);
    let clash = vec!["BFF0340 4 `a` and `b` would both list the params of this route".to_owned()];
    assert_eq!(two("#[cfg(unix)]", ""), (clash.clone(), vec![(unix, 2)]));
    assert_eq!(two("", "#[cfg(unix)]"), (clash, vec![(String::new(), 2)]));
}

#[test]
fn a_route_without_a_get_that_is_made_beforehand_has_no_use_for_params() {
    let text = "#[post] async fn f() {}\n#[static_params] fn ids() -> Vec<u64> {}";
    let expected =
        "BFF0340 2 no GET handler of this file is made beforehand, so nothing asks for its params";
    assert_eq!(mistakes("posts/[id]", text), [expected]);
}

#[test]
fn rh_321_the_types_are_those_that_the_handler_takes() {
    let one =
        |handler: &str, name: &str| ListedParam::One(Some((handler.to_owned(), name.to_owned())));
    for (folder, text, expected) in [
        ("[id]", GET, vec![one("show", "id")]),
        ("[id]", "#[get(force_static)] async fn show() {}", vec![ListedParam::One(None)]),
        (
            "[org]/[repo-name]",
            "#[get(force_static)] async fn show(repo_name: String) {}",
            vec![ListedParam::One(None), one("show", "repo_name")],
        ),
        (
            "[id]",
            "#[cfg(x)] #[get(force_static)] async fn show(id: u64) {}",
            vec![ListedParam::One(None)],
        ),
        (
            "docs/[...path]",
            "#[get(force_static)] async fn show(path: Vec<String>) {}",
            vec![ListedParam::Rest],
        ),
    ] {
        let tree = checked(folder, text).tree;
        let route = &tree.routes[0];
        let params = StaticParams::params(&route.content.handlers, &route.pattern);
        assert_eq!(params, expected, "{folder} {text}");
    }
}

#[test]
fn a_type_that_would_do_is_suggested() {
    for (folder, expected) in [
        ("[id]", "Vec<String>"),
        ("[...path]", "Vec<Vec<String>>"),
        ("[org]/[[...path]]", "Vec<(String, Vec<String>)>"),
    ] {
        let text = "#[get(force_static)] async fn show() {}\n#[static_params] fn ids() {}";
        let diagnostics = checked(folder, text).diagnostics;
        let help = diagnostics.iter().map(|it| &*it.help).collect::<String>();
        assert_eq!(help, format!("return the params: `-> {expected}`"), "{folder}");
    }
}
