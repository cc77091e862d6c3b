use super::{
    fields::{Fields, Keys, Value, wrong_type},
    model::RedirectRule,
    page::Page,
    rule::rule,
};
use crate::{
    Code,
    path_pattern::{Destination, DestinationUse, Origin},
};

const KEYS: Keys = Keys {
    table: "`[[redirects]]`",
    known: &["source", "destination", "permanent", "status", "has", "missing", "base_path"],
    later: &[],
    elsewhere: &[
        ("statusCode", "write `status`"),
        ("status_code", "write `status`"),
        ("locale", "remove it: bff has no locales"),
    ],
};

/// The statuses of a redirect (RD-02).
const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

/// One `[[redirects]]`; `None` when something in it is wrong.
pub(super) fn redirect(value: &Value<'_>, page: &mut Page<'_>) -> Option<RedirectRule> {
    let fields = Fields::of(value, "write `[[redirects]]` above the keys of each", page)?;
    fields.check(&KEYS, page);
    let rule = rule(&fields, KEYS.table, page);
    let text =
        fields.required("destination", KEYS.table, "add `destination = \"/path/:name\"`", page);
    let status = status(&fields, page);
    let (rule, text) = (rule?, text?);
    match Destination::parse(text.value, DestinationUse::Redirect, &rule.captured) {
        Ok(Destination { origin: Origin::Upstream(_), .. }) => {
            page.mistake(
                Code::Destination,
                text.at,
                "an upstream is behind the app, and a client cannot be sent there",
                "write the URL that clients know, or make it a rewrite",
            );
            None
        }
        Ok(destination) => {
            let place = page.place(text.at.start);
            Some(RedirectRule { rule, destination, status: status?, at: text.at, place })
        }
        Err(mistake) => {
            page.mistake_in(&text, mistake);
            None
        }
    }
}

/// Exactly one of `permanent` and `status` (RD-01, RD-02, VA-08).
fn status(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<u16> {
    let both = fields.get("permanent").and(fields.key_at("status"));
    if let Some(at) = both {
        page.mistake(
            Code::ConfigRequired,
            at,
            "`permanent` and `status` both say which redirect it is",
            "keep one of them: `permanent = true` is 308, `permanent = false` is 307",
        );
        return None;
    }
    if let Some(value) = fields.get("status") {
        return checked(value, page);
    }
    if fields.get("permanent").is_none() {
        page.mistake(
            Code::ConfigRequired,
            fields.at.clone(),
            "`[[redirects]]` lacks `permanent` or `status`",
            "add `permanent = true` (308) or `permanent = false` (307)",
        );
    }
    let permanent = fields.boolean("permanent", page)?;
    Some(if permanent { 308 } else { 307 })
}

fn checked(value: &Value<'_>, page: &mut Page<'_>) -> Option<u16> {
    let Some(number) = value.get_ref().as_integer() else {
        wrong_type(value, "a number", "write `status = 307`", page);
        return None;
    };
    let status = u16::from_str_radix(number.as_str(), number.radix()).ok();
    let status = status.filter(|status| STATUSES.contains(status));
    if status.is_none() {
        page.mistake(
            Code::ConfigValue,
            value.span(),
            "this is no status of a redirect",
            "write 301, 302, 303, 307 or 308",
        );
    }
    status
}
