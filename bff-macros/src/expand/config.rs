use bff_tree::{
    config::{Config, HeaderRule, RedirectRule, RewriteRule, Rule, TrailingSlash},
    path_pattern::{DestinationUse, Origin},
};
use proc_macro2::TokenStream;
use quote::quote;

use super::{patterns, upstreams};

/// `bff.toml` as the table that the pipeline runs, in the app module.
///
/// ```text
/// pub static RULES: ::bff::__private::pipeline::Rules = ::bff::__private::pipeline::Rules {
///     base_path: "", redirects: &[RedirectRule { status: 308, … }], …
/// };
/// ```
pub(super) fn rules(config: &Config) -> TokenStream {
    let base_path = &config.base_path;
    let trailing_slash = match config.trailing_slash {
        TrailingSlash::Ignore => quote! { Ignore },
        TrailingSlash::Redirect => quote! { Redirect },
        TrailingSlash::Require => quote! { Require },
    };
    let headers = config.headers.iter().map(header_rule);
    let redirects = config.redirects.iter().map(redirect_rule);
    let before = config.before.iter().map(rewrite_rule);
    let after = config.after.iter().map(rewrite_rule);
    let fallback = config.fallback.iter().map(rewrite_rule);
    let other_servers = leads_to_another_server(config).then(|| {
        quote! { const _: () = ::bff::__private::pipeline::other_servers(); }
    });
    quote! {
        #other_servers

        /// What `bff.toml` says.
        #[doc(hidden)]
        pub static RULES: ::bff::__private::pipeline::Rules = ::bff::__private::pipeline::Rules {
            base_path: #base_path,
            trailing_slash: ::bff::__private::pipeline::TrailingSlash::#trailing_slash,
            headers: &[#(#headers),*],
            redirects: &[#(#redirects),*],
            before: &[#(#before),*],
            after: &[#(#after),*],
            fallback: &[#(#fallback),*],
        };
    }
}

/// True when something of the file happens in front of the routes; what else it says is not the pipeline's.
pub(super) fn has_rules(config: &Config) -> bool {
    let Config { base_path, trailing_slash, headers, redirects, before, after, fallback, .. } =
        config;
    !base_path.is_empty()
        || *trailing_slash != TrailingSlash::Ignore
        || !(headers.is_empty() && redirects.is_empty())
        || !(before.is_empty() && after.is_empty() && fallback.is_empty())
}

/// Makes rustc read the file, so that an edit compiles the app again, with a build script or without.
pub(crate) fn tracked(path: &str) -> TokenStream {
    quote! { const _: &[u8] = ::core::include_bytes!(#path); }
}

/// Not where a variable may lead: that is seen when the server starts.
fn leads_to_another_server(config: &Config) -> bool {
    let mut rewrites = config.before.iter().chain(&config.after).chain(&config.fallback);
    rewrites.any(|rewrite| matches!(rewrite.destination.origin, Origin::Absolute { .. }))
}

fn rule(rule: &Rule) -> TokenStream {
    patterns::rule(&rule.source, &rule.has, &rule.missing)
}

fn header_rule(entry: &HeaderRule) -> TokenStream {
    let place = entry.place.to_string();
    let rule = rule(&entry.rule);
    let (below, overrides) = (entry.rule.below_base_path, entry.overrides);
    let headers = entry.headers.iter().map(|(name, value)| patterns::header(name, value));
    quote! {
        ::bff::__private::pipeline::HeaderRule {
            place: #place,
            rule: #rule,
            below_base_path: #below,
            headers: &[#(#headers),*],
            overrides: #overrides,
        }
    }
}

fn redirect_rule(entry: &RedirectRule) -> TokenStream {
    let place = entry.place.to_string();
    let rule = rule(&entry.rule);
    let below = entry.rule.below_base_path;
    let destination = patterns::destination(&entry.destination, DestinationUse::Redirect);
    let status = entry.status;
    quote! {
        ::bff::__private::pipeline::RedirectRule {
            place: #place,
            rule: #rule,
            below_base_path: #below,
            destination: #destination,
            status: #status,
        }
    }
}

fn rewrite_rule(entry: &RewriteRule) -> TokenStream {
    let upstream = patterns::option(entry.upstream.as_deref().map(|name| {
        let name = upstreams::ident(name);
        quote! { &upstreams::#name }
    }));
    let place = entry.place.to_string();
    let rule = rule(&entry.rule);
    let below = entry.rule.below_base_path;
    let destination = patterns::destination(&entry.destination, DestinationUse::Rewrite);
    quote! {
        ::bff::__private::pipeline::RewriteRule {
            place: #place,
            rule: #rule,
            below_base_path: #below,
            upstream: #upstream,
            destination: #destination,
        }
    }
}

#[cfg(test)]
mod tests {
    use bff_tree::{SourceTree, check};

    use super::*;

    const TOML: &str = r#"//- bff.toml
[server]
base_path = "/docs"
trailing_slash = "require"
[[redirects]]
source = '/old/:slug(\d+)'
destination = "https://:slug.example.com/n?a=:slug#x"
permanent = true
has = [{ type = "cookie", key = "a", value = "(?<b>c+)" }, { type = "header", key = "X-D" }]
missing = [{ type = "query", key = "e", present = true }, { type = "host", value = "f" }]
[[redirects]]
source = "/((?!a).*)"
destination = "${NEW_URL}/"
status = 302
base_path = false
[[rewrites.before]]
source = "/p/:a?"
destination = "/q"
[[rewrites.after]]
source = "/p/:a+"
destination = "/q/:a+"
[[rewrites.fallback]]
source = "/:a*"
destination = "/q"
[[headers]]
source = "/h"
headers = { "x-a" = "1" }
override = true
"#;

    fn tokens(fixture: &str) -> String {
        let source = SourceTree::from_fixture(fixture);
        let items: syn::File = syn::parse2(rules(&check(&source).config)).expect("items");
        quote! { #items }.to_string().replace(' ', "")
    }

    #[test]
    fn everything_of_the_file_is_in_the_table() {
        let tokens = tokens(TOML);
        for part in [
            "base_path:\"/docs\"",
            "TrailingSlash::Require",
            "status:308u16",
            "status:302u16",
            "below_base_path:false",
            "Origin::Absolute{scheme:\"https\"",
            "Origin::Variable(::bff::__private::matching::Variable{name:\"NEW_URL\",default:::core::option::Option::None})",
            "ConditionTest::Regex{",
            "ConditionTest::NotEmpty",
            "ConditionTest::Present",
            "ConditionTest::Literal(\"f\")",
            "capture:::core::option::Option::Some(\"xd\")",
            "Part::Optional",
            "Part::Some",
            "Part::Any",
            "except:::core::option::Option::Some(",
            "overrides:true",
            "place:\"bff.toml:25:10\"",
            "place:\"bff.toml:6:15\"",
            "place:\"bff.toml:17:15\"",
        ] {
            assert!(tokens.contains(part), "{part} in {tokens}");
        }
        assert!(!tokens.contains("other_servers"), "{tokens}");
        // DC-06: a rewrite that uses no param in its path hands all of them on; a redirect never does.
        assert_eq!(tokens.matches("appends:true").count(), 2, "{tokens}");
    }

    #[test]
    fn another_server_asks_for_what_forwards() {
        let rewrite = "//- bff.toml\n[[rewrites.before]]\nsource = \"/a\"\ndestination = ";
        assert!(tokens(&format!("{rewrite}\"http://up/a\"\n")).contains("other_servers()"));
        assert!(!tokens(&format!("{rewrite}\"${{UP}}/a\"\n")).contains("other_servers()"));
    }

    #[test]
    fn without_the_file_the_tables_are_empty() {
        let tokens = tokens("//- app/route.rs\n");
        assert!(tokens.contains("redirects:&[],before:&[],after:&[],fallback:&[]"), "{tokens}");
    }
}
