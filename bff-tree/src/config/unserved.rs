use super::{model::Config, page::Page, paths::Paths};
use crate::{Code, RouteTree, path_pattern::Origin};

/// Rewrites to a path that no route, no file of `public/` and no other rewrite serves: they always end in a 404.
///
/// Only what is certain is reported; a destination or a source that cannot be compared may be right.
pub(super) fn unserved(config: &Config, tree: &RouteTree, public: &[String], page: &mut Page<'_>) {
    let routes = tree.routes.iter().map(|route| Paths::of_route(&route.pattern));
    let served: Vec<Paths> = routes.chain(public.iter().map(|file| Paths::of_file(file))).collect();
    let rewrites = || config.before.iter().chain(&config.after).chain(&config.fallback);
    // What another server serves, and what a variable stands for, is not known.
    for rewrite in rewrites().filter(|rewrite| rewrite.destination.origin == Origin::Same) {
        let Some(paths) = Paths::of_destination(&rewrite.destination, &rewrite.rule.captured)
        else {
            continue;
        };
        let goes_on = || {
            let others = rewrites().filter(|other| other.rule.at != rewrite.rule.at);
            others
                .map(|other| Paths::of_source(&other.rule.source))
                .any(|sources| sources.is_none_or(|sources| sources.meet(&paths)))
        };
        if served.iter().any(|served| served.meet(&paths)) || goes_on() {
            continue;
        }
        page.mistake(
            Code::DeadRewrite,
            rewrite.at.clone(),
            format!(
                "nothing serves `{}`: there is no route, no file in `public/` and no other rewrite for it",
                rewrite.destination.text
            ),
            "correct the destination, or add its `route.rs`",
        );
    }
}
