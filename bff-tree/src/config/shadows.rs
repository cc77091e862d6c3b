use super::{
    model::{Config, RewriteRule, Rule},
    page::Page,
    paths::Paths,
};
use crate::Code;

/// Rules that can never apply, because an earlier one of the same table takes every request that they would take.
pub(super) fn shadows(config: &Config, page: &mut Page<'_>) {
    let has_base = !config.base_path.is_empty();
    let rules: Vec<&Rule> = config.redirects.iter().map(|redirect| &redirect.rule).collect();
    for (index, rule) in rules.iter().enumerate() {
        if let Some(earlier) =
            rules[..index].iter().find(|earlier| takes_all(earlier, rule, has_base))
        {
            report(earlier, rule, page);
        }
    }
    for table in [&config.before, &config.after, &config.fallback] {
        for (index, rewrite) in table.iter().enumerate() {
            let earlier = (0..index).find(|&earlier| {
                takes_all(&table[earlier].rule, &rewrite.rule, has_base)
                    && !leads_to(&table[earlier..index], &rewrite.rule)
            });
            if let Some(earlier) = earlier {
                report(&table[earlier].rule, &rewrite.rule, page);
            }
        }
    }
}

fn report(earlier: &Rule, rule: &Rule, page: &mut Page<'_>) {
    let first = page.place(earlier.at.start);
    page.mistake(
        Code::DeadRule,
        rule.at.clone(),
        format!(
            "this rule never applies: `{}` above it takes every such request",
            earlier.source.text()
        ),
        "put the narrower rule first, or remove it",
    )
    .related
    .push(first);
}

/// True when `earlier` applies wherever `rule` does.
fn takes_all(earlier: &Rule, rule: &Rule, has_base: bool) -> bool {
    if has_base && earlier.below_base_path != rule.below_base_path
        || !earlier.has.iter().all(|condition| rule.has.contains(condition))
        || !earlier.missing.iter().all(|condition| rule.missing.contains(condition))
    {
        return false;
    }
    match (Paths::of_source(&earlier.source), Paths::of_source(&rule.source)) {
        (Some(earlier), Some(rule)) => earlier.cover(&rule),
        _ => earlier.source.text() == rule.source.text(),
    }
}

/// True when one of these rewrites may make a path that `rule` asks for: a table goes on with the new path (PL-05,
/// PL-06).
fn leads_to(rewrites: &[RewriteRule], rule: &Rule) -> bool {
    let Some(sources) = Paths::of_source(&rule.source) else { return true };
    rewrites.iter().any(|rewrite| {
        let paths = Paths::of_destination(&rewrite.destination, &rewrite.rule.captured);
        paths.is_none_or(|paths| sources.meet(&paths))
    })
}
