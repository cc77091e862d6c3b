use super::{
    fields::{Fields, Keys, Value},
    page::Page,
};
use crate::{
    Code,
    path_pattern::{Condition, Place},
};

const KEYS: Keys = Keys {
    table: "a condition",
    known: &["type", "key", "value", "present"],
    later: &[],
    elsewhere: &[],
};

const FORM: &str =
    "write `[{ type = \"header\", key = \"x-a\", value = \"…\" }]`; `value` is optional";

/// The entries of `has` or `missing`; `None` when one of them is wrong (VA-11).
pub(super) fn conditions(
    fields: &Fields<'_>,
    key: &str,
    page: &mut Page<'_>,
) -> Option<Vec<Condition>> {
    let before = page.mistakes();
    let items = fields.items(key, FORM, page);
    let conditions: Vec<Condition> =
        items.iter().filter_map(|item| condition(item, page)).collect();
    (page.mistakes() == before).then_some(conditions)
}

fn condition(item: &Value<'_>, page: &mut Page<'_>) -> Option<Condition> {
    let fields = Fields::of(item, FORM, page)?;
    let before = page.mistakes();
    fields.check(&KEYS, page);
    let place = place(&fields, page);
    let key = fields.string("key", page);
    let value = fields.string("value", page);
    let present = fields.boolean("present", page);
    if page.mistakes() > before {
        return None;
    }
    if present == Some(false) {
        page.mistake(
            Code::ConfigValue,
            fields.key_at("present").unwrap_or_else(|| fields.at.clone()),
            "`present` can only be true",
            "remove it, or move the condition to `missing`",
        );
        return None;
    }
    let (key_text, value_text) = (key.as_ref().map(|key| key.value), value.as_ref());
    let condition = Condition::new(
        place?,
        key_text,
        value_text.map(|value| value.value),
        present.unwrap_or(false),
    );
    match condition {
        Ok(condition) => Some(condition),
        Err(mistake) => {
            let text = if mistake.code == Code::ConditionKey { key } else { value };
            match text {
                Some(text) => page.mistake_in(&text, mistake),
                None => {
                    page.mistake(mistake.code, fields.at, mistake.message, mistake.help);
                }
            }
            None
        }
    }
}

fn place(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Place> {
    let text = fields.required("type", "a condition", FORM, page)?;
    let help = match Place::named(text.value) {
        Ok(place) => return Some(place),
        Err(help) => help,
    };
    page.mistake(
        Code::ConfigValue,
        text.at,
        format!("there is no condition on `{}`", text.value),
        help,
    );
    None
}
