use std::time::Duration;

use toml::de::DeValue;

use super::{
    fields::{Fields, Value, string, wrong_type},
    model::{Policy, Setting},
    page::Page,
};
use crate::{
    Code,
    quantity::{self, QuantityMistake},
};

/// The policies of a table but its headers; what is wrong is reported and left out.
pub(super) fn limits(fields: &Fields<'_>, page: &mut Page<'_>) -> Policy {
    Policy {
        timeout: setting(fields, "timeout", quantity::duration, page),
        body_limit: setting(fields, "body_limit", quantity::size, page),
        concurrency: concurrency(fields, page),
        headers: Vec::new(),
    }
}

/// A whole number, or `"none"`.
fn concurrency(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Setting<Option<u32>>> {
    const KEY: &str = "concurrency";
    let value = fields.get(KEY)?;
    let place = page.place(fields.key_at(KEY)?.start);
    let read = match value.get_ref() {
        DeValue::Integer(number) => quantity::count(number.as_str()),
        DeValue::String(text) => quantity::no_count(text),
        _ => {
            wrong_type(value, "a number", "write `concurrency = 100`", page);
            return None;
        }
    };
    match read {
        Ok(value) => Some(Setting { value, place }),
        Err(QuantityMistake { message, help }) => {
            page.mistake(Code::Quantity, value.span(), message, help);
            None
        }
    }
}

fn setting<T>(
    fields: &Fields<'_>,
    key: &str,
    read: fn(&str) -> Result<Option<T>, QuantityMistake>,
    page: &mut Page<'_>,
) -> Option<Setting<Option<T>>> {
    let value = fields.get(key)?;
    let place = page.place(fields.key_at(key)?.start);
    Some(Setting { value: quantity_of(value, key, read, page)?, place })
}

/// A duration that must be there as one: an upstream has no `"none"`.
pub(super) fn duration(fields: &Fields<'_>, key: &str, page: &mut Page<'_>) -> Option<Duration> {
    let value = fields.get(key)?;
    let duration = quantity_of(value, key, quantity::duration, page)?;
    if duration.is_none() {
        page.mistake(
            Code::Quantity,
            value.span(),
            format!("`{key}` cannot be \"none\" here"),
            "write a duration, \"30s\"",
        );
    }
    duration
}

fn quantity_of<T>(
    value: &Value<'_>,
    key: &str,
    read: fn(&str) -> Result<Option<T>, QuantityMistake>,
    page: &mut Page<'_>,
) -> Option<Option<T>> {
    let example = if key == "body_limit" { "1MiB" } else { "30s" };
    let text = string(value, &format!("write `{key} = \"{example}\"`"), page)?;
    match read(text.value) {
        Ok(quantity) => Some(quantity),
        Err(QuantityMistake { message, help }) => {
            page.mistake(Code::Quantity, text.at, message, help);
            None
        }
    }
}
