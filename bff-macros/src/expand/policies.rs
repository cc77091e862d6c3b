use bff_tree::{
    Handler, Route,
    config::{Config, Networks, Policy, PolicyRule, Reach},
};
use proc_macro2::TokenStream;
use quote::quote;

use super::{cache, cors::cors, csrf::csrf, patterns, rate_limit};

/// The policies of `bff.toml` as a table in the app module; nothing where it has none.
///
/// ```text
/// static POLICIES: policy::Policies = policy::Policies {
///     server: policy::Policy::NONE.timeout(30000u64, "bff.toml:3:1"),
///     rules: &[policy::PolicyRule { source: Source { … }, place: "bff.toml:6:10", policy: … }],
/// };
/// ```
pub(super) fn policies(config: &Config) -> TokenStream {
    if !has_policies(config) {
        return TokenStream::new();
    }
    let server = policy(&config.limits, "server");
    let rules = config.rules.iter().map(rule);
    quote! {
        static POLICIES: ::bff::__private::policy::Policies = ::bff::__private::policy::Policies {
            server: #server,
            rules: &[#(#rules),*],
        };
    }
}

/// What makes a route one under the rules that are for it.
///
/// ```text
/// .under(&POLICIES, &[(0usize, true), (2usize, false)])
/// ```
pub(super) fn under(route: &Route, config: &Config) -> TokenStream {
    let rules = config.rules_of(&route.pattern);
    if config.limits.is_empty() && rules.is_empty() {
        return TokenStream::new();
    }
    let rules = rules.iter().map(|(index, reach)| {
        let every = *reach == Reach::Every;
        quote! { (#index, #every) }
    });
    quote! { .under(&POLICIES, &[#(#rules),*]) }
}

/// What a handler's attribute says, as a call on its `HandlerInfo`.
pub(super) fn of_handler(handler: &Handler) -> TokenStream {
    let policy = cache::with_static(handler);
    if policy.is_empty() {
        return TokenStream::new();
    }
    let policy = self::policy(&policy, &handler.name);
    quote! { .policy(const { &#policy }) }
}

/// The router, told of the proxies in front of it when there are any.
pub(super) fn behind_trusted_proxies(config: &Config, router: TokenStream) -> TokenStream {
    if config.trusted_proxies.is_empty() {
        return router;
    }
    let networks = config.trusted_proxies.iter().map(|networks| match networks {
        Networks::Fixed(text) => quote! { ::bff::__private::policy::Networks::Fixed(#text) },
        Networks::Variable(variable) => {
            let variable = patterns::variable(variable);
            quote! { ::bff::__private::policy::Networks::Variable(#variable) }
        }
    });
    quote! { ::bff::__private::policy::trusting({ #router }, &[#(#networks),*]) }
}

fn has_policies(config: &Config) -> bool {
    !config.limits.is_empty() || !config.rules.is_empty()
}

fn rule(rule: &PolicyRule) -> TokenStream {
    let source = patterns::source(&rule.source);
    let place = rule.place.to_string();
    let policy = policy(&rule.policy, rule.source.text());
    quote! { ::bff::__private::policy::PolicyRule { source: #source, place: #place, policy: #policy } }
}

/// `whose` tells what it counts from what others do.
fn policy(policy: &Policy, whose: &str) -> TokenStream {
    let timeout = policy.timeout.as_ref().map(|timeout| {
        let place = timeout.place.to_string();
        match timeout.value {
            Some(duration) => {
                // A duration was read from at most a day of milliseconds.
                let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
                quote! { .timeout(#millis, #place) }
            }
            None => quote! { .no_timeout(#place) },
        }
    });
    let body_limit = policy.body_limit.as_ref().map(|limit| {
        let place = limit.place.to_string();
        match limit.value {
            Some(bytes) => quote! { .body_limit(#bytes, #place) },
            None => quote! { .no_body_limit(#place) },
        }
    });
    let concurrency = policy.concurrency.as_ref().map(|concurrency| {
        let place = concurrency.place.to_string();
        let value = patterns::option(concurrency.value.map(|value| quote! { #value }));
        quote! { .concurrency(#value, #place) }
    });
    let rate_limit = policy.rate_limit.as_ref().map(|limits| {
        let place = limits.place.to_string();
        let limits = rate_limit::limits(&limits.value, whose);
        quote! { .rate_limit(#limits, #place) }
    });
    let headers = (!policy.headers.is_empty()).then(|| {
        let headers = policy.headers.iter().map(|header| {
            let (name, value) = &header.value;
            let place = header.place.to_string();
            quote! {
                ::bff::__private::policy::Header { name: #name, value: #value, place: #place }
            }
        });
        quote! { .headers(&[#(#headers),*]) }
    });
    let cors = policy.cors.as_ref().map(|setting| {
        let place = setting.place.to_string();
        let value = patterns::option(setting.value.as_ref().map(|policy| {
            let policy = cors(policy);
            quote! { const { &#policy } }
        }));
        quote! { .cors(#value, #place) }
    });
    let csrf = policy.csrf.as_ref().map(|setting| {
        let (policy, place) = (csrf(&setting.value), setting.place.to_string());
        quote! { .csrf(const { &#policy }, #place) }
    });
    let require = policy.require.as_ref().map(|setting| {
        let place = setting.place.to_string();
        let names = setting.value.iter().map(|path| path.trim_start_matches(':'));
        quote! { .require(&[#(#names),*], #place) }
    });
    let stored = cache::keys(policy);
    quote! {
        ::bff::__private::policy::Policy::NONE
            #timeout #body_limit #concurrency #rate_limit #cors #csrf #require #stored #headers
    }
}

#[cfg(test)]
mod tests {
    use bff_tree::{SourceTree, check};

    use super::*;
    use crate::expand::upstreams;

    const APP: &str = r#"//- app/route.rs
#[get] async fn index() {}
//- app/api/[id]/route.rs
#[get] async fn show(id: u64) {}
//- bff.toml
[server]
timeout = "30s"
body_limit = "none"
trusted_proxies = ["10.0.0.0/8", "${EDGE:-::1}"]
[upstreams]
catalog = "${CATALOG_URL}"
search = { url = "${SEARCH_URL:-http://localhost:9200}", timeout = "5s", http2 = true }
[[rules]]
source = "/api/me"
body_limit = "64KiB"
[[rules]]
source = "/api/:path*"
timeout = "none"
headers = { "X-A" = "1" }
"#;

    fn plain(tokens: TokenStream) -> String {
        tokens.to_string().replace(' ', "").replace("::bff::__private::", "")
    }

    #[test]
    fn policies_are_a_table_and_routes_know_their_rules() {
        let checked = check(&SourceTree::from_fixture(APP));
        let table = plain(policies(&checked.config));
        for part in [
            "server:policy::Policy::NONE.timeout(30000u64,\"bff.toml:2:1\").no_body_limit(\"bff.toml:3:1\")",
            "place:\"bff.toml:12:10\",policy:policy::Policy::NONE.no_timeout(\"bff.toml:13:1\")\
             .headers(&[policy::Header{name:\"x-a\",value:\"1\",place:\"bff.toml:14:13\"}])",
            "place:\"bff.toml:9:10\",policy:policy::Policy::NONE.body_limit(65536u64,\"bff.toml:10:1\")",
        ] {
            assert!(table.contains(part), "{part} in {table}");
        }
        let [show, index] = &checked.tree.routes[..] else { panic!("{:?}", checked.tree.routes) };
        let (show, index) = if show.folder.is_empty() { (index, show) } else { (show, index) };
        let under = |route| plain(under(route, &checked.config));
        assert_eq!(under(index), ".under(&POLICIES,&[])");
        assert_eq!(under(show), ".under(&POLICIES,&[(0usize,true),(1usize,false)])");
        let router = plain(behind_trusted_proxies(&checked.config, quote! { r() }));
        assert_eq!(
            router,
            "policy::trusting({r()},&[policy::Networks::Fixed(\"10.0.0.0/8\"),\
             policy::Networks::Variable(matching::Variable{name:\"EDGE\",\
             default:::core::option::Option::Some(\"::1\")})])"
        );
    }

    #[test]
    fn upstreams_are_statics() {
        let checked = check(&SourceTree::from_fixture(APP));
        let module = plain(upstreams::upstreams(&checked.config));
        for part in [
            "pubstaticCATALOG:Upstream=Upstream::from_env(\"CATALOG_URL\");",
            "pubstaticSEARCH:Upstream=Upstream::from_env_or(\"SEARCH_URL\",\"http://localhost:9200\")\
             .timeouts(Timeouts{head:Duration::from_millis(5000u64),..Timeouts::DEFAULT}).http2();",
        ] {
            assert!(module.contains(part), "{part} in {module}");
        }
        assert_eq!(
            plain(upstreams::checked(&checked.config, quote! { r() })),
            "with_upstreams({r()},&[(\"catalog\",&upstreams::CATALOG),(\"search\",&upstreams::SEARCH)])"
        );
    }

    #[test]
    fn an_app_without_them_has_none() {
        let checked = check(&SourceTree::from_fixture("//- app/route.rs\n#[get] fn a() {}\n"));
        let config = &checked.config;
        assert!(policies(config).is_empty() && upstreams::upstreams(config).is_empty());
        assert!(under(&checked.tree.routes[0], config).is_empty());
        assert_eq!(plain(behind_trusted_proxies(config, quote! { r() })), "r()");
    }
}
