//! The response cache: what is kept, and the checks that a kept answer depends on nothing that its key does not hold.

use std::borrow::Cow;

use bff_tree::{
    Code, Diagnostic, Handler, HandlerForm, Location, Reporter, Revalidate, Route, RouteHandler,
    Tag, TagPiece, Vary,
    config::{Config, Policy, Reach, Setting},
    render,
};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::call::place;

/// The policy of a handler, where a static answer is kept until somebody says otherwise.
pub(super) fn with_static(handler: &Handler) -> Cow<'_, Policy> {
    if !handler.force_static || handler.policy.revalidate.is_some() {
        return Cow::Borrowed(&handler.policy);
    }
    let place = Location::file("");
    let revalidate = Some(Setting { value: Revalidate::Never, place });
    Cow::Owned(Policy { revalidate, ..handler.policy.clone() })
}

/// `revalidate`, `tags` and `vary` as calls on a `Policy`.
///
/// ```text
/// .revalidate(cache::Revalidate::every(60u64), "").tags(&[cache::Tag { text: "post:{id}", … }]).vary(&[…])
/// ```
pub(super) fn keys(policy: &Policy) -> TokenStream {
    let revalidate = policy.revalidate.as_ref().map(|setting| {
        let place = setting.place.to_string();
        let value = match setting.value {
            Revalidate::NotStored => quote! { NotStored },
            Revalidate::Never => quote! { Never },
            Revalidate::Every(period) => {
                let seconds = period.as_secs();
                quote! { every(#seconds) }
            }
        };
        quote! { .revalidate(::bff::__private::cache::Revalidate::#value, #place) }
    });
    let tags = (!policy.tags.is_empty()).then(|| {
        let tags = policy.tags.iter().map(tag);
        quote! { .tags(&[#(#tags),*]) }
    });
    let vary = (!policy.vary.is_empty()).then(|| {
        let vary = policy.vary.iter().map(vary);
        quote! { .vary(&[#(#vary),*]) }
    });
    quote! { #revalidate #tags #vary }
}

fn tag(setting: &Setting<Tag>) -> TokenStream {
    let (text, place) = (setting.value.text(), setting.place.to_string());
    let pieces = setting.value.pieces().iter().map(|piece| match piece {
        TagPiece::Text(text) => quote! { ::bff::__private::cache::TagPiece::Text(#text) },
        TagPiece::Param(name) => quote! { ::bff::__private::cache::TagPiece::Param(#name) },
    });
    quote! {
        ::bff::__private::cache::Tag { text: #text, pieces: &[#(#pieces),*], place: #place }
    }
}

fn vary(setting: &Setting<Vary>) -> TokenStream {
    match &setting.value {
        Vary::Header(name) => quote! { ::bff::__private::cache::Vary::Header(#name) },
        Vary::Cookie(name) => quote! { ::bff::__private::cache::Vary::Cookie(#name) },
    }
}

/// What the arguments of a handler of GET read of a request, for rules that would keep its answers; one of several also
/// depends on what their list reads.
pub(super) fn reads(handler: &Handler, extracted: &[&Type], list: Option<&Ident>) -> TokenStream {
    if handler.form == HandlerForm::Factory || !handler.answers_get() {
        return TokenStream::new();
    }
    let list = list.into_iter();
    quote! {
        .reads_only(::bff::__private::cache::Reads::NOTHING
            #(.and(::bff::__private::Probe::<#extracted>::READS))*
            #(.and(#list.reads))*)
    }
}

/// What tells that a request is an editor's, for whom nothing is kept.
pub(super) fn draft_keys(handler: &Handler) -> TokenStream {
    if !handler.answers_get() {
        return TokenStream::new();
    }
    quote! {
        .draft_keys({
            #[allow(unused_imports)]
            use ::bff::__private::NoDraftKeys as _;
            ::bff::__private::DraftKeys::<super::__BffState>::KEYS
        })
    }
}

/// The check of a handler whose own attribute has its answers kept, at each argument.
///
/// ```text
/// const _: () = { keyed::<Query<Page>, Declared<false, false, true>>(); };
/// ```
pub(super) fn keyed(handler: &Handler, extracted: &[&Type], list: Option<&Ident>) -> TokenStream {
    if !handler.is_stored() {
        return TokenStream::new();
    }
    let (headers, cookies) = declared(&handler.policy.vary);
    let query = !handler.force_static;
    let checks = extracted.iter().map(|ty| {
        quote_spanned! { place(ty) =>
            ::bff::__private::cache::keyed::<#ty, ::bff::__private::cache::Declared<#headers, #cookies, #query>>();
        }
    });
    let checks = (!extracted.is_empty()).then(|| quote! { const _: () = { #(#checks)* }; });
    let listed = list.map(|list| {
        let message = format!(
            "the function that lists the ids of `{}` may read what the key of its kept answers does not hold",
            handler.name,
        );
        quote! {
            const _: () = ::bff::__private::cache::kept_list(#list.reads, [#headers, #cookies, #query], #message);
        }
    });
    quote! { #checks #listed }
}

/// The same for rules of `bff.toml`, one check for each that may decide.
pub(super) fn kept_by_rules(
    route: &Route,
    handler: &RouteHandler,
    config: &Config,
    entry: &TokenStream,
) -> Vec<TokenStream> {
    let own = &handler.handler;
    if !own.answers_get() || own.policy.revalidate.is_some() || own.force_static {
        return Vec::new();
    }
    let mut checks = Vec::new();
    for (index, reach) in config.rules_of(&route.pattern).into_iter().rev() {
        let rule = &config.rules[index];
        let Some(revalidate) = &rule.policy.revalidate else { continue };
        if revalidate.value.stores() {
            let (headers, cookies) = declared(&rule.policy.vary);
            let message = render(&Diagnostic {
                code: Code::RuleKeeps,
                message: format!(
                    "`{}` keeps the answers of `{}`, which may read what no key of the store holds",
                    rule.source.text(),
                    own.name,
                ),
                location: revalidate.place.clone(),
                excerpt: None,
                related: vec![handler.location.clone()],
                help: "name in `vary` of the rule which headers it reads, or write `revalidate = 0` in the attribute of the handler to keep none of its answers".to_owned(),
                reporter: Reporter::Tree,
            });
            checks.push(quote! {
                const _: () = ::bff::__private::cache::kept_by_rule(&#entry.info, #headers, #cookies, #message);
            });
        }
        // What is wider is not heard any more.
        if reach == Reach::Every {
            break;
        }
    }
    checks
}

/// Whether headers are named, and whether cookies are.
fn declared(vary: &[Setting<Vary>]) -> (bool, bool) {
    let names = |wanted: fn(&Vary) -> bool| vary.iter().any(|setting| wanted(&setting.value));
    (names(|vary| matches!(vary, Vary::Header(_))), names(|vary| matches!(vary, Vary::Cookie(_))))
}

#[cfg(test)]
mod tests {
    use bff_tree::{SourceTree, check};

    use super::*;

    const APP: &str = r#"//- app/posts/[id]/route.rs
#[get(revalidate = "60s", tags = ["posts", "post:{id}"], vary = ["accept-language", "cookie:theme"])]
async fn show(id: u64) {}
#[post] async fn create() {}
//- app/about/route.rs
#[get(force_static)] async fn about() {}
//- app/me/route.rs
#[get(revalidate = 0)] async fn me() {}
//- app/list/route.rs
#[get] async fn list(headers: HeaderMap) {}
//- bff.toml
[[rules]]
source = "/:path*"
revalidate = "5m"
[[rules]]
source = "/list"
revalidate = "none"
vary = "accept-language"
"#;

    fn plain(tokens: TokenStream) -> String {
        tokens.to_string().replace(' ', "").replace("::bff::__private::", "")
    }

    fn handler(name: &str) -> (Route, RouteHandler, Config) {
        let checked = check(&SourceTree::from_fixture(APP));
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        let mut routes = checked.tree.routes.into_iter();
        let found = routes.find_map(|route| {
            let handlers = &route.content.handlers;
            let handler = handlers.iter().find(|handler| handler.handler.name == name).cloned();
            handler.map(|handler| (route, handler))
        });
        let (route, handler) = found.expect(name);
        (route, handler, *checked.config)
    }

    #[test]
    fn what_is_kept_is_static_data() {
        for (name, expected) in [
            (
                "show",
                ".revalidate(cache::Revalidate::every(60u64),\"\")\
                 .tags(&[cache::Tag{text:\"posts\",pieces:&[cache::TagPiece::Text(\"posts\")],place:\"\"},\
                 cache::Tag{text:\"post:{id}\",pieces:&[cache::TagPiece::Text(\"post:\"),cache::TagPiece::Param(\"id\")],place:\"\"}])\
                 .vary(&[cache::Vary::Header(\"accept-language\"),cache::Vary::Cookie(\"theme\")])",
            ),
            ("about", ".revalidate(cache::Revalidate::Never,\"\")"),
            ("me", ".revalidate(cache::Revalidate::NotStored,\"\")"),
            ("create", ""),
        ] {
            let (_, handler, _) = handler(name);
            assert_eq!(plain(keys(&with_static(&handler.handler))), expected);
        }
    }

    #[test]
    fn each_argument_is_checked_against_what_the_key_holds() {
        let query: Type = syn::parse_quote! { Query<Page> };
        for (name, expected) in [
            ("show", "const_:()={cache::keyed::<Query<Page>,cache::Declared<true,true,true>>();};"),
            (
                "about",
                "const_:()={cache::keyed::<Query<Page>,cache::Declared<false,false,false>>();};",
            ),
            ("me", ""),
            ("list", ""),
        ] {
            let (_, handler, _) = handler(name);
            assert_eq!(plain(keyed(&handler.handler, &[&query], None)), expected, "{name}");
        }
    }

    #[test]
    fn the_rule_that_decides_is_checked_where_the_handler_says_nothing() {
        for (name, expected) in [("show", None), ("about", None), ("me", None), ("create", None)] {
            let (route, handler, config) = handler(name);
            let checks = kept_by_rules(&route, &handler, &config, &quote! { e });
            assert_eq!(checks.first().map(ToString::to_string), expected, "{name}");
        }
        let (route, handler, config) = handler("list");
        let checks = kept_by_rules(&route, &handler, &config, &quote! { e });
        let [check] = &checks[..] else { panic!("{checks:?}") };
        let check = plain(check.clone());
        assert!(check.starts_with("const_:()=cache::kept_by_rule(&e.info,true,false,"), "{check}");
        assert!(check.contains("BFF0841"), "{check}");
    }
}
