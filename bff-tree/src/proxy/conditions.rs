//! `has` and `missing` (MT-04, HM-01 … HM-07).

use syn::{Expr, ExprLit, Lit, spanned::Spanned};

use super::{
    arguments::{Keys, Reader},
    constants::Text,
    syntax::{Field, Value},
};
use crate::{
    Code,
    path_pattern::{Condition, Place},
};

const KEYS: Keys = Keys {
    of: "a condition",
    known: &["type", "key", "value", "present"],
    elsewhere: &[
        ("header", "write `{ type = \"header\", key = \"…\" }`"),
        ("cookie", "write `{ type = \"cookie\", key = \"…\" }`"),
        ("query", "write `{ type = \"query\", key = \"…\" }`"),
        ("host", "write `{ type = \"host\", value = \"…\" }`"),
        ("name", "call it `key`"),
    ],
};

const FORM: &str =
    "write `[{ type = \"header\", key = \"x-a\", value = \"…\" }]`; `value` is optional";

/// The entries of `has` or `missing` that can be read.
pub(super) fn conditions(field: &Field, reader: &mut Reader<'_>) -> Vec<Condition> {
    let Value::List(_, entries) = &field.value else {
        reader.mistake(
            Code::AttributeValue,
            field.value.span(),
            format!("`{}` is a list of conditions", field.key),
            FORM,
        );
        return Vec::new();
    };
    entries.iter().filter_map(|entry| condition(entry, reader)).collect()
}

fn condition(entry: &Value, reader: &mut Reader<'_>) -> Option<Condition> {
    let Value::Table(_, fields) = entry else {
        reader.mistake(Code::AttributeValue, entry.span(), "a condition is a table", FORM);
        return None;
    };
    let before = reader.mistakes.len();
    let fields = reader.known(fields.to_vec(), &KEYS);
    let field = |name: &str| fields.iter().find(|field| field.key == name);
    let mut text = |name| field(name).and_then(|field| string(&field.value, reader));
    let (place, key, value) = (text("type"), text("key"), text("value"));
    let present = field("present").is_some_and(|field| present(field, reader));
    let place = match (&place, field("type")) {
        (Some(text), _) => named(text, reader),
        (None, Some(_)) => None,
        (None, None) => {
            let span = entry.span();
            reader.mistake(Code::AttributeValue, span, "a condition lacks `type`", FORM);
            None
        }
    };
    if reader.mistakes.len() > before {
        return None;
    }
    let texts = [&key, &value].map(|text| text.as_ref().map(|text| &*text.value));
    match Condition::new(place?, texts[0], texts[1], present) {
        Ok(condition) => Some(condition),
        Err(mistake) => {
            let text = if mistake.code == Code::ConditionKey { key } else { value };
            match text {
                Some(text) => reader.mistakes.push(text.mistake(mistake)),
                None => reader.mistake(mistake.code, entry.span(), mistake.message, mistake.help),
            }
            None
        }
    }
}

fn named(text: &Text, reader: &mut Reader<'_>) -> Option<Place> {
    match Place::named(&text.value) {
        Ok(place) => Some(place),
        Err(help) => {
            let message = format!("there is no condition on `{}`", text.value);
            reader.mistake(Code::AttributeValue, text.span, message, help);
            None
        }
    }
}

fn string(value: &Value, reader: &mut Reader<'_>) -> Option<Text> {
    match value {
        Value::Text(text) => reader.texts.read(text, reader.mistakes),
        Value::List(..) | Value::Table(..) => {
            reader.no_text(value);
            None
        }
    }
}

/// `present = true`; there is nothing else to say.
fn present(field: &Field, reader: &mut Reader<'_>) -> bool {
    let value = match &field.value {
        Value::Text(text) => match &**text {
            Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Some(value.value),
            _ => None,
        },
        Value::List(..) | Value::Table(..) => None,
    };
    if value != Some(true) {
        reader.mistake(
            Code::AttributeValue,
            field.value.span(),
            "`present` can only be `true`",
            "remove it, or move the condition to `missing`",
        );
    }
    value == Some(true)
}
