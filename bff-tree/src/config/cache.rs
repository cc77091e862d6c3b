use std::ops::Range;

use toml::de::DeValue;

use super::{
    cors::texts,
    fields::{Fields, wrong_type},
    model::{Policy, Setting},
    page::Page,
};
use crate::{
    Code,
    cache::{CacheMistake, MOST_TAGS, Revalidate, Tag, Vary, listed},
};

/// `revalidate`, `tags` and `vary` of a rule. What is wrong is reported and left out.
pub(super) fn stored(fields: &Fields<'_>, policy: &mut Policy, page: &mut Page<'_>) {
    policy.revalidate = revalidate(fields, page);
    policy.tags = list(fields, "tags", tag, page);
    if policy.tags.len() > MOST_TAGS {
        let message = format!("there are {} tags", policy.tags.len());
        let help = format!("a rule has at most {MOST_TAGS}");
        let at = fields.key_at("tags").unwrap_or_else(|| fields.at.clone());
        page.mistake(Code::ConfigValue, at, message, help);
    }
    policy.vary = list(fields, "vary", Vary::read, page);
}

/// A duration, `"none"`, or `0`.
fn revalidate(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Setting<Revalidate>> {
    const KEY: &str = "revalidate";
    let value = fields.get(KEY)?;
    let place = page.place(fields.key_at(KEY)?.start);
    let read = match value.get_ref() {
        DeValue::String(text) => Revalidate::read(text),
        DeValue::Integer(number) => Revalidate::number(number.as_str()),
        DeValue::Boolean(value) => Revalidate::boolean(*value),
        _ => {
            wrong_type(value, "a string", "write `revalidate = \"60s\"`", page);
            return None;
        }
    };
    match read {
        Ok(value) => Some(Setting { value, place }),
        Err(CacheMistake { message, help }) => {
            page.mistake(Code::Quantity, value.span(), message, help);
            None
        }
    }
}

/// The same for every path: a rule knows no params.
fn tag(text: &str) -> Result<Tag, CacheMistake> {
    let tag = Tag::read(text)?;
    let param = tag.params().next().map(str::to_owned);
    match param {
        None => Ok(tag),
        Some(param) => Err(CacheMistake {
            message: format!(
                "a tag of a rule is the same for every path, and `{{{param}}}` is not"
            ),
            help: "put it into the attribute of the handler, where the params are known".to_owned(),
        }),
    }
}

/// What a list holds, or one text; each of it once.
fn list<T: PartialEq>(
    fields: &Fields<'_>,
    key: &str,
    read: fn(&str) -> Result<T, CacheMistake>,
    page: &mut Page<'_>,
) -> Vec<Setting<T>> {
    let Some(value) = fields.get(key) else { return Vec::new() };
    let Some(texts) = texts(value, page) else { return Vec::new() };
    let texts = texts.into_iter().map(|text| (text.value, text.place)).collect();
    let list = listed(key, texts, value.span(), read, |CacheMistake { message, help }, at| {
        page.mistake(Code::ConfigValue, at, message, help);
    });
    let setting = |(value, at): (T, Range<usize>)| Setting { value, place: page.place(at.start) };
    list.into_iter().map(setting).collect()
}
