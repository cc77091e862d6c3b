use super::{
    fields::{Fields, Keys, Value},
    model::{Config, RewriteRule, Upstream, UpstreamUrl},
    page::Page,
    rule::rule,
    text::Text,
};
use crate::{
    Code,
    path_pattern::{Destination, DestinationUse, Origin, Piece, base},
    suggest,
};

const TABLES: Keys = Keys {
    table: "`rewrites`",
    known: &["before", "after", "fallback"],
    later: &[],
    elsewhere: &[
        ("beforeFiles", "write `[[rewrites.before]]`"),
        ("before_files", "write `[[rewrites.before]]`"),
        ("afterFiles", "write `[[rewrites.after]]`"),
        ("after_files", "write `[[rewrites.after]]`"),
        ("source", "write `[[rewrites.after]]` above the keys of each"),
        ("destination", "write `[[rewrites.after]]` above the keys of each"),
    ],
};

const KEYS: Keys = Keys {
    table: "a rewrite",
    known: &["source", "destination", "has", "missing", "base_path"],
    later: &[],
    elsewhere: &[
        ("permanent", "remove it: a rewrite answers without a redirect"),
        ("status", "remove it: a rewrite answers without a redirect"),
        ("locale", "remove it: bff has no locales"),
    ],
};

const FORM: &str = "write `[[rewrites.before]]`, `[[rewrites.after]]` or `[[rewrites.fallback]]`";

/// `[[rewrites.before]]` and its like; `[[rewrites]]` alone is `after` (RW-01).
pub(super) fn rewrites(value: &Value<'_>, config: &mut Config, page: &mut Page<'_>) {
    let upstreams = &config.upstreams;
    if let Some(array) = value.get_ref().as_array() {
        config.after = array.iter().filter_map(|item| rewrite(item, upstreams, page)).collect();
        return;
    }
    let Some(fields) = Fields::of(value, FORM, page) else { return };
    fields.check(&TABLES, page);
    let mut table = |key| {
        let items = fields.items(key, FORM, page);
        items.iter().filter_map(|item| rewrite(item, upstreams, page)).collect()
    };
    let (before, after, fallback) = (table("before"), table("after"), table("fallback"));
    (config.before, config.after, config.fallback) = (before, after, fallback);
}

fn rewrite(value: &Value<'_>, upstreams: &[Upstream], page: &mut Page<'_>) -> Option<RewriteRule> {
    let fields = Fields::of(value, FORM, page)?;
    fields.check(&KEYS, page);
    let rule = rule(&fields, KEYS.table, page);
    let text =
        fields.required("destination", KEYS.table, "add `destination = \"/path/:name\"`", page);
    let (rule, text) = (rule?, text?);
    let mut destination =
        match Destination::parse(text.value, DestinationUse::Rewrite, &rule.captured) {
            Ok(destination) => destination,
            Err(mistake) => {
                page.mistake_in(&text, mistake);
                return None;
            }
        };
    let upstream = match &destination.origin {
        Origin::Upstream(name) => Some(name.clone()),
        Origin::Same | Origin::Absolute { .. } | Origin::Variable(_) => None,
    };
    if let Some(name) = &upstream {
        destination = declared(destination, name, &text, upstreams, page)?;
    }
    // RW-07, VA-13; what a variable holds is seen when the server starts.
    if !rule.below_base_path && destination.origin == Origin::Same {
        page.mistake(
            Code::ConfigValue,
            fields.key_at("base_path").unwrap_or(text.at),
            "with `base_path = false`, a rewrite leads to another server, and this is a path of the app",
            "remove `base_path`: source and destination are below it",
        );
        return None;
    }
    let place = page.place(text.at.start);
    Some(RewriteRule { rule, destination, upstream, at: text.at, place })
}

/// The destination with what the upstream declares in the place of its name.
fn declared(
    mut destination: Destination,
    name: &str,
    text: &Text<'_>,
    upstreams: &[Upstream],
    page: &mut Page<'_>,
) -> Option<Destination> {
    let Some(upstream) = upstreams.iter().find(|upstream| upstream.name == name) else {
        let names = || upstreams.iter().map(|upstream| &*upstream.name);
        let help = match suggest::nearest(name, names()) {
            Some(nearest) => format!("did you mean `${{upstreams.{nearest}}}`?"),
            None => format!(
                "declare it: `{name} = \"${{{}_URL}}\"` below `[upstreams]`",
                name.to_uppercase()
            ),
        };
        page.mistake(
            Code::UnknownUpstream,
            text.at.clone(),
            format!("there is no upstream `{name}`"),
            help,
        );
        return None;
    };
    // An upstream without a URL has a mistake of its own, which has been reported.
    match upstream.url.as_ref()? {
        UpstreamUrl::Variable(variable) => destination.origin = Origin::Variable(variable.clone()),
        UpstreamUrl::Fixed(url) => {
            let (origin, path) = base(url).ok()?;
            destination.origin = origin;
            destination.path.insert(0, Piece::Literal(url[path..].to_owned()));
        }
    }
    Some(destination)
}
