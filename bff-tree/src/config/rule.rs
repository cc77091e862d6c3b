use super::{conditions::conditions, fields::Fields, model::Rule, page::Page, text::Text};
use crate::{
    Code,
    path_pattern::{Dialect, Part, PathPattern, Shape, captured},
};

/// Source, conditions and `base_path` of an entry; `None` when one of them is wrong.
pub(super) fn rule(fields: &Fields<'_>, table: &str, page: &mut Page<'_>) -> Option<Rule> {
    let source = fields.required("source", table, "add `source = \"/path/:name\"`", page);
    let source = source.and_then(|text| source_pattern(&text, page).map(|source| (source, text)));
    let has = conditions(fields, "has", page);
    let missing = conditions(fields, "missing", page);
    let below_base_path = below_base_path(fields, page);
    let ((source, text), has) = (source?, has?);
    Some(Rule {
        captured: captured(&source, &has),
        source,
        has,
        missing: missing?,
        below_base_path,
        at: text.at,
    })
}

pub(super) fn source_pattern(text: &Text<'_>, page: &mut Page<'_>) -> Option<PathPattern> {
    match PathPattern::parse(text.value, Dialect::CONFIG) {
        Ok(pattern) if is_cleaned_up(&pattern) => {
            page.mistake(
                Code::DeadRule,
                text.at.clone(),
                "no path is like this: empty and dot segments are cleaned up before any rule is asked",
                "write the path as it is after that",
            );
            None
        }
        Ok(pattern) => Some(pattern),
        Err(mistake) => {
            page.mistake_in(text, mistake);
            None
        }
    }
}

/// BP-30, BP-31: such a path is redirected, so a source that asks for it waits in vain.
fn is_cleaned_up(pattern: &PathPattern) -> bool {
    let shown = match pattern.shape() {
        Shape::Literal(text) => text.clone(),
        Shape::Segments(parts) => {
            let shown = parts.iter().map(|part| match part {
                Part::Literal(text) => text,
                _ => ":",
            });
            shown.collect()
        }
        // What an expression may match is not looked into.
        Shape::Regex { .. } | Shape::Backtracking(_) => return false,
    };
    let inner = shown.trim_start_matches('/').trim_end_matches('/');
    shown.starts_with("//")
        || shown.len() > 1 && shown.ends_with("//")
        || inner
            .split('/')
            .any(|segment| matches!(segment, "." | "..") || segment.is_empty() && !inner.is_empty())
}

/// `base_path = false`; there is no other value (VA-12).
fn below_base_path(fields: &Fields<'_>, page: &mut Page<'_>) -> bool {
    match fields.boolean("base_path", page) {
        None => true,
        Some(false) => false,
        Some(true) => {
            page.mistake(
                Code::ConfigValue,
                fields.key_at("base_path").unwrap_or_else(|| fields.at.clone()),
                "`base_path` of a rule can only be false",
                "remove it: a source is below the base path anyway",
            );
            true
        }
    }
}
