use std::time::Duration;

use toml::de::DeValue;

use super::{
    cors::cors,
    csrf::csrf,
    fields::{Fields, Value, string, wrong_type},
    listed::Listed,
    model::{Policy, Setting},
    page::Page,
};
use crate::{
    Code, RateLimit, RateLimitKey, RateLimitMistake,
    quantity::{self, QuantityMistake},
    rust_path::is_of_the_crate,
};

/// The policies of a table but its headers; what is wrong is reported and left out.
pub(super) fn limits(fields: &Fields<'_>, page: &mut Page<'_>) -> Policy {
    Policy {
        timeout: setting(fields, "timeout", quantity::duration, page),
        body_limit: setting(fields, "body_limit", quantity::size, page),
        concurrency: concurrency(fields, page),
        rate_limit: rate_limit(fields, page),
        cors: cors(fields, page),
        csrf: csrf(fields, page),
        ..Policy::default()
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

/// One limit or several, or `"none"`.
fn rate_limit(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Setting<Vec<RateLimit>>> {
    const FORM: &str = "write `rate_limit = \"600/min\"`, or several of them in brackets";
    const LIMITS: Listed = Listed {
        key: "rate_limit",
        form: FORM,
        nothing: (
            Code::Quantity,
            "there is no limit in it",
            "write `rate_limit = \"none\"` where there is no limit",
        ),
    };
    LIMITS.read(fields, page, |item, page| {
        let text = string(item, FORM, page)?;
        match RateLimit::read(text.value).and_then(of_the_crate) {
            Ok(limit) => Some(limit),
            Err(RateLimitMistake { message, help }) => {
                page.mistake(Code::Quantity, text.at, message, help);
                None
            }
        }
    })
}

/// A function is named from where nothing is in scope.
fn of_the_crate(limit: RateLimit) -> Result<RateLimit, RateLimitMistake> {
    let relative = limit.by.iter().find_map(|key| match key {
        RateLimitKey::Function(path) if !is_of_the_crate(path) => Some(path),
        _ => None,
    });
    match relative {
        None => Ok(limit),
        Some(path) => Err(RateLimitMistake {
            message: format!("`{path}` is not named from the root of the crate"),
            help: format!("write the whole path: `by fn crate::{path}`"),
        }),
    }
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
