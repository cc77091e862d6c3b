use super::{
    model::{Config, PolicyRule},
    page::Page,
    paths::Paths,
};
use crate::{Code, RoutePattern, RouteTree};

/// Which requests of a route a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of them, whatever the path.
    Every,
    /// Those whose path the source matches.
    ByPath,
}

impl Config {
    /// The rules for the requests of a route, as indices of [`rules`](Self::rules), in their order.
    pub fn rules_of(&self, route: &RoutePattern) -> Vec<(usize, Reach)> {
        let paths = Paths::of_route(route);
        let rules = self.rules.iter().enumerate();
        rules.filter_map(|(index, rule)| Some((index, reach(rule, &paths)?))).collect()
    }
}

/// `None` when the source matches no path of the route.
fn reach(rule: &PolicyRule, route: &Paths) -> Option<Reach> {
    match Paths::of_source(&rule.source) {
        Some(sources) if sources.cover(route) => Some(Reach::Every),
        Some(sources) if !sources.meet(route) => None,
        _ => Some(Reach::ByPath),
    }
}

/// Rules that no route is under, and rules of which nothing is left on any route.
pub(super) fn dead_policies(config: &Config, tree: &RouteTree, page: &mut Page<'_>) {
    let routes: Vec<_> = tree.routes.iter().map(|route| config.rules_of(&route.pattern)).collect();
    for (index, rule) in config.rules.iter().enumerate() {
        let under: Vec<_> = routes
            .iter()
            .filter_map(|rules| {
                rules.iter().position(|(other, _)| *other == index).map(|at| &rules[at + 1..])
            })
            .collect();
        if under.is_empty() {
            page.mistake(
                Code::IdlePolicy,
                rule.at.clone(),
                format!("no route is under `{}`", rule.source.text()),
                "correct the source, or remove the rule; files in `public/` and answers of `proxy.rs` are not its concern, `[[headers]]` is for them too",
            );
            continue;
        }
        let keeps = rule.policy.revalidate.as_ref().is_some_and(|setting| setting.value.stores());
        if keeps && !answers_get(index, &routes, tree) {
            page.mistake(
                Code::IdlePolicy,
                rule.at.clone(),
                format!(
                    "no handler under `{}` answers GET, so no answer is kept",
                    rule.source.text()
                ),
                "correct the source, or remove `revalidate`",
            );
        }
        if !rule.policy.is_empty()
            && under.iter().all(|narrower| is_overridden(config, rule, narrower))
        {
            let others = config.rules[index + 1..].iter();
            let other = others.clone().find(|other| other.source.text() == rule.source.text());
            let narrower = under.iter().flat_map(|narrower| narrower.iter());
            let other = other
                .or_else(|| narrower.map(|(other, _)| &config.rules[*other]).next())
                .map(|other| (page.place(other.at.start), other.source.text()));
            let text = other.as_ref().map_or("", |(_, text)| text);
            let diagnostic = page.mistake(
                Code::DeadRule,
                rule.at.clone(),
                format!("this rule never applies: `{text}`, which is as specific or more so, sets all of it"),
                "remove it, or join the two",
            );
            diagnostic.related.extend(other.map(|(place, _)| place));
        }
    }
}

/// True when a route under the rule has a handler of GET.
fn answers_get(rule: usize, routes: &[Vec<(usize, Reach)>], tree: &RouteTree) -> bool {
    tree.routes.iter().zip(routes).any(|(route, rules)| {
        rules.iter().any(|(other, _)| *other == rule)
            && route.content.handlers.iter().any(|found| found.handler.answers_get())
    })
}

/// True when more specific rules for all requests of the route set everything that this one does.
fn is_overridden(config: &Config, rule: &PolicyRule, narrower: &[(usize, Reach)]) -> bool {
    let every = || {
        let every = narrower.iter().filter(|(_, reach)| *reach == Reach::Every);
        every.map(|(index, _)| &config.rules[*index].policy)
    };
    let own = &rule.policy;
    (own.timeout.is_none() || every().any(|policy| policy.timeout.is_some()))
        && (own.body_limit.is_none() || every().any(|policy| policy.body_limit.is_some()))
        && (own.rate_limit.is_none() || every().any(|policy| policy.rate_limit.is_some()))
        && (own.concurrency.is_none() || every().any(|policy| policy.concurrency.is_some()))
        && (own.cors.is_none() || every().any(|policy| policy.cors.is_some()))
        && (own.csrf.is_none() || every().any(|policy| policy.csrf.is_some()))
        && (own.revalidate.is_none() || every().any(|policy| policy.revalidate.is_some()))
        // These add up, unless a narrower one takes away what is required.
        && (own.require.is_none()
            || every().any(|policy| policy.require.as_ref().is_some_and(|it| it.value.is_empty())))
        && own.tags.is_empty()
        && own.vary.is_empty()
        && own.headers.iter().all(|header| {
            every().flat_map(|policy| &policy.headers).any(|other| other.value.0 == header.value.0)
        })
}
