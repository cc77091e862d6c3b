use super::{
    model::{Config, RedirectRule, Rule},
    page::Page,
    paths::Paths,
};
use crate::{
    Code,
    path_pattern::{Origin, Place},
};

/// Redirects that lead to themselves, at once or by way of others: a browser gives up on them (RD-12, RD-13).
///
/// Reported only where every request that one of them answers goes round; a rule that might lead out ends the search.
pub(super) fn loops(config: &Config, page: &mut Page<'_>) {
    let redirects = &config.redirects;
    for start in 0..redirects.len() {
        let Some(round) = round(config, start) else { continue };
        // A loop of several is found from each of them.
        if round.iter().any(|&other| other < start) {
            continue;
        }
        let (message, help) = match round.len() {
            1 => (
                "this redirect leads to itself, for ever",
                "exclude the destination from the source: `/:path((?!new$).*)`",
            ),
            _ => (
                "these redirects lead to each other, for ever",
                "let one of them lead to the path that answers",
            ),
        };
        let others: Vec<_> =
            round[1..].iter().map(|&other| page.place(redirects[other].at.start)).collect();
        page.mistake(Code::RedirectLoop, redirects[start].at.clone(), message, help).related =
            others;
    }
}

/// The redirects that follow each other from `start` back to it.
fn round(config: &Config, start: usize) -> Option<Vec<usize>> {
    let redirects = &config.redirects;
    let first = &redirects[start].rule;
    if !holds_again(config, first) {
        return None;
    }
    let mut trail = vec![start];
    loop {
        let here = &redirects[*trail.last()?];
        let next = follower(config, here, first)?;
        if next == start {
            return Some(trail);
        }
        if trail.contains(&next) {
            return None;
        }
        trail.push(next);
    }
}

/// The redirect that answers every destination of `here`, if it is certain.
fn follower(config: &Config, here: &RedirectRule, first: &Rule) -> Option<usize> {
    if here.destination.origin != Origin::Same {
        return None;
    }
    let paths = Paths::of_destination(&here.destination, &here.rule.captured);
    let text = here.destination.text.split(['?', '#']).next();
    for (index, next) in config.redirects.iter().enumerate() {
        let same_root =
            config.base_path.is_empty() || next.rule.below_base_path == here.rule.below_base_path;
        let sources = Paths::of_source(&next.rule.source);
        if same_root
            && let (Some(sources), Some(paths)) = (&sources, &paths)
            && !sources.meet(paths)
        {
            continue;
        }
        let always = match (&sources, &paths) {
            (Some(sources), Some(paths)) => sources.cover(paths),
            _ => text == Some(next.rule.source.text()),
        };
        let unconditional = next.rule.has.is_empty() && next.rule.missing.is_empty();
        let alike = next.rule.has == first.has && next.rule.missing == first.missing;
        return (same_root && always && (unconditional || alike)).then_some(index);
    }
    None
}

/// True when the next request of the same client fulfils the conditions as well: of the same host, with the same
/// cookies, unless a rule sets some. Headers and the query may change on the way.
fn holds_again(config: &Config, rule: &Rule) -> bool {
    let sets_cookies = config.headers.iter().flat_map(|rule| &rule.headers).any(|(name, _)| {
        !matches!(&name.pieces[..], [crate::path_pattern::Piece::Literal(name)] if !name.eq_ignore_ascii_case("set-cookie"))
    });
    rule.has.iter().chain(&rule.missing).all(|condition| match condition.place {
        Place::Host => true,
        Place::Cookie => !sets_cookies,
        Place::Header | Place::Query => false,
    })
}
