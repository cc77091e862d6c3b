//! From the text of a file to what the macro emits of it.

use axum::Router;
use bff_tree::{SourceTree, check, config, path_pattern::DestinationUse};

use crate::{
    matching::{
        Rule,
        tests::support::{destination_of, header_of, leak, list, rule_of, text},
    },
    pipeline::{Front, HeaderRule, RedirectRule, RewriteRule, Rules, TrailingSlash},
    routing::router_behind,
};

/// An app without routes.
pub(crate) fn app(toml: &str) -> Router {
    router_behind(&Front::new().rules(rules(toml)), &[], &[], (), None)
}

pub(crate) fn rules(toml: &str) -> &'static Rules {
    let app = "//- app/route.rs\n#[get] async fn index() {}\n//- bff.toml\n";
    let checked = check(&SourceTree::from_fixture(&format!("{app}{toml}")));
    assert_eq!(checked.diagnostics.len(), 0, "{:?}", checked.diagnostics);
    let config = *checked.config;
    leak(Rules {
        base_path: text(&config.base_path),
        trailing_slash: match config.trailing_slash {
            config::TrailingSlash::Ignore => TrailingSlash::Ignore,
            config::TrailingSlash::Redirect => TrailingSlash::Redirect,
            config::TrailingSlash::Require => TrailingSlash::Require,
        },
        headers: list(&config.headers, |entry| HeaderRule {
            place: text(&entry.place.to_string()),
            rule: rule(&entry.rule),
            below_base_path: entry.rule.below_base_path,
            headers: list(&entry.headers, |(name, value)| header_of(name, value)),
            overrides: entry.overrides,
        }),
        redirects: list(&config.redirects, |entry| RedirectRule {
            place: text(&entry.place.to_string()),
            rule: rule(&entry.rule),
            below_base_path: entry.rule.below_base_path,
            destination: destination_of(&entry.destination, DestinationUse::Redirect),
            status: entry.status,
        }),
        before: list(&config.before, rewrite),
        after: list(&config.after, rewrite),
        fallback: list(&config.fallback, rewrite),
    })
}

fn rule(rule: &config::Rule) -> Rule {
    rule_of(&rule.source, &rule.has, &rule.missing)
}

fn rewrite(entry: &config::RewriteRule) -> RewriteRule {
    RewriteRule {
        place: text(&entry.place.to_string()),
        rule: rule(&entry.rule),
        below_base_path: entry.rule.below_base_path,
        destination: destination_of(&entry.destination, DestinationUse::Rewrite),
        upstream: None,
    }
}
