use super::{
    fields::{Fields, Keys, Value},
    model::{Config, RewriteRule},
    page::Page,
    rule::rule,
};
use crate::{
    Code,
    path_pattern::{Destination, DestinationUse, Origin},
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
    if let Some(array) = value.get_ref().as_array() {
        config.after = array.iter().filter_map(|item| rewrite(item, page)).collect();
        return;
    }
    let Some(fields) = Fields::of(value, FORM, page) else { return };
    fields.check(&TABLES, page);
    let mut table = |key| {
        let items = fields.items(key, FORM, page);
        items.iter().filter_map(|item| rewrite(item, page)).collect()
    };
    config.before = table("before");
    config.after = table("after");
    config.fallback = table("fallback");
}

fn rewrite(value: &Value<'_>, page: &mut Page<'_>) -> Option<RewriteRule> {
    let fields = Fields::of(value, FORM, page)?;
    fields.check(&KEYS, page);
    let rule = rule(&fields, KEYS.table, page);
    let text =
        fields.required("destination", KEYS.table, "add `destination = \"/path/:name\"`", page);
    let (rule, text) = (rule?, text?);
    let destination = match Destination::parse(text.value, DestinationUse::Rewrite, &rule.captured)
    {
        Ok(destination) => destination,
        Err(mistake) => {
            page.mistake_in(&text, mistake);
            return None;
        }
    };
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
    Some(RewriteRule { rule, destination, at: text.at, place })
}
