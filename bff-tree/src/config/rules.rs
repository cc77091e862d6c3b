use std::cmp::Ordering;

use super::{
    cache::stored,
    fields::{Fields, Keys, Value},
    headers::{of_the_server, pairs},
    model::{PolicyRule, Setting},
    page::Page,
    policy::limits,
    require::require,
    rule::source_pattern,
    text::Text,
};
use crate::{
    Code,
    path_pattern::{Captured, HeaderTemplate, Part, PathPattern, Piece, Shape, captured},
};

const KEYS: Keys = Keys {
    table: "`[[rules]]`",
    known: &[
        "source",
        "timeout",
        "body_limit",
        "concurrency",
        "rate_limit",
        "cors",
        "csrf",
        "require",
        "revalidate",
        "tags",
        "vary",
        "headers",
    ],
    later: &[],
    elsewhere: &[
        ("force_static", "write it in the attribute of the handler: `#[get(force_static)]`"),
        ("has", "remove it: a policy goes by the path alone"),
        ("missing", "remove it: a policy goes by the path alone"),
        ("base_path", "remove it: a policy is for routes, which are below the base path"),
        ("destination", "write `[[redirects]]` or `[[rewrites.after]]` above it"),
        ("path", "write `source`"),
    ],
};

/// `[[rules]]`, from the least to the most specific source; of two that are alike the later one of the file is last.
pub(super) fn rules(items: &[Value<'_>], page: &mut Page<'_>) -> Vec<PolicyRule> {
    let mut rules: Vec<PolicyRule> = items.iter().filter_map(|item| rule(item, page)).collect();
    rules.sort_by(|a, b| by_specificity(&a.source, &b.source));
    rules
}

fn rule(value: &Value<'_>, page: &mut Page<'_>) -> Option<PolicyRule> {
    let fields = Fields::of(value, "write `[[rules]]` above the keys of each", page)?;
    fields.check(&KEYS, page);
    let text = fields.required("source", KEYS.table, "add `source = \"/api/:path*\"`", page);
    let source = text.and_then(|text| Some((source_pattern(&text, page)?, text)));
    let before = page.mistakes();
    let mut policy = limits(&fields, page);
    policy.require = require(&fields, page);
    stored(&fields, &mut policy, page);
    let names = source.as_ref().map_or_else(Vec::new, |(source, _)| captured(source, &[]));
    if fields.get("headers").is_some() {
        let pairs = pairs(&fields, KEYS.table, page);
        policy.headers =
            pairs.iter().filter_map(|(name, value)| header(name, value, &names, page)).collect();
        super::headers::repeated(&pairs, page);
    }
    if policy.is_empty() && page.mistakes() == before {
        page.mistake(
            Code::ConfigRequired,
            fields.at.clone(),
            "this rule sets nothing",
            "add `timeout`, `body_limit`, `concurrency`, `rate_limit`, `cors`, `csrf`, `require`, `revalidate` or `headers`",
        );
    }
    let (source, text) = source?;
    let place = page.place(text.at.start);
    Some(PolicyRule { source, place, policy, at: text.at })
}

/// A fixed header: it is made ready once, when the server starts.
fn header(
    name: &Text<'_>,
    value: &Text<'_>,
    captured: &[Captured],
    page: &mut Page<'_>,
) -> Option<Setting<(String, String)>> {
    if of_the_server(name, page) {
        return None;
    }
    for text in [name, value] {
        let template = HeaderTemplate::value(text.value, captured).ok();
        let fills =
            |template: HeaderTemplate| !matches!(&template.pieces[..], [] | [Piece::Literal(_)]);
        if template.is_some_and(fills) {
            page.mistake(
                Code::HeaderTemplate,
                text.at.clone(),
                "a header of a rule is the same for every path",
                "put it into `[[headers]]`, where `:name` stands for what the source captures",
            );
            return None;
        }
    }
    let checked = HeaderTemplate::name(name.value, &[]);
    let checked = checked.map_err(|mistake| page.mistake_in(name, mistake)).is_ok();
    let content = HeaderTemplate::value(value.value, &[]);
    let content = content.map_err(|mistake| page.mistake_in(value, mistake)).is_ok();
    let place = page.place(name.at.start);
    let pair = (name.value.to_ascii_lowercase(), value.value.to_owned());
    (checked && content).then_some(Setting { value: pair, place })
}

/// Compares two sources segment by segment, as routes are compared: text before a part that must fit an expression,
/// that before any segment, that before what may be absent.
pub(super) fn by_specificity(a: &PathPattern, b: &PathPattern) -> Ordering {
    ranks(a).cmp(&ranks(b))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Any number of segments.
    Any,
    /// One segment or none.
    Optional,
    /// One segment.
    Param,
    /// What fits an expression.
    Constrained,
    /// This text.
    Literal,
    /// The path ends here.
    End,
}

fn ranks(source: &PathPattern) -> Vec<Rank> {
    let mut ranks = Vec::new();
    let literals = |text: &str, ranks: &mut Vec<Rank>| {
        let segments = text.split('/').filter(|segment| !segment.is_empty());
        ranks.extend(segments.map(|_| Rank::Literal));
    };
    match source.shape() {
        Shape::Literal(text) => literals(text, &mut ranks),
        Shape::Segments(parts) => {
            for part in parts {
                match part {
                    Part::Literal(text) => literals(text, &mut ranks),
                    Part::Param => ranks.push(Rank::Param),
                    Part::Optional => ranks.push(Rank::Optional),
                    Part::Any => ranks.push(Rank::Any),
                    Part::Some => ranks.extend([Rank::Param, Rank::Any]),
                }
            }
        }
        Shape::Regex { .. } | Shape::Backtracking(_) => {
            let whole = source.prefix().rfind('/').map_or("", |slash| &source.prefix()[..slash]);
            literals(whole, &mut ranks);
            ranks.push(Rank::Constrained);
        }
    }
    ranks.push(Rank::End);
    ranks
}
