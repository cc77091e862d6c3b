use super::{
    fields::{Fields, Keys, Value, string, wrong_type},
    page::Page,
};
use crate::{Code, path_pattern::HeaderTemplate};

const KEYS: Keys = Keys {
    table: "`[security_headers]`",
    known: &[
        "content_type_options",
        "referrer_policy",
        "content_security_policy",
        "cross_origin_opener_policy",
        "cross_origin_resource_policy",
        "permissions_policy",
    ],
    later: &[],
    elsewhere: &[
        ("x_content_type_options", "write `content_type_options`"),
        ("csp", "write `content_security_policy`"),
        (
            "strict_transport_security",
            "write it below `[[headers]]`: it is for the host and everything below it, which only you know",
        ),
        ("hsts", "write `strict-transport-security` below `[[headers]]`"),
        ("x_frame_options", "write `frame-ancestors` in the policy of the page, or `[[headers]]`"),
    ],
};

/// What `security_headers` changes: each key with its value, `None` for no such header. `false` is none of all.
pub(super) fn security_headers(
    value: &Value<'_>,
    page: &mut Page<'_>,
) -> Vec<(&'static str, Option<String>)> {
    match value.get_ref().as_bool() {
        Some(false) => return KEYS.known.iter().map(|key| (*key, None)).collect(),
        Some(true) => return Vec::new(),
        None => {}
    }
    let form = "write `[security_headers]` above its keys, or `security_headers = false`";
    let Some(fields) = Fields::of(value, form, page) else { return Vec::new() };
    fields.check(&KEYS, page);
    let changed = KEYS.known.iter().filter_map(|key| {
        let value = fields.get(key)?;
        Some((*key, header(key, value, page)?))
    });
    changed.collect()
}

/// The value of a header, `None` when it is `false`; what is wrong is reported and left out.
fn header(key: &str, value: &Value<'_>, page: &mut Page<'_>) -> Option<Option<String>> {
    let form = match key {
        "content_type_options" => {
            "write `content_type_options = false`, or leave it out".to_owned()
        }
        _ => format!("write `{key} = \"…\"`, or `{key} = false`"),
    };
    match value.get_ref().as_bool() {
        Some(false) => return Some(None),
        Some(true) => {
            wrong_type(value, "a text or `false`", &form, page);
            return None;
        }
        None => {}
    }
    let text = string(value, &form, page)?;
    if let Err(mistake) = HeaderTemplate::value(text.value, &[]) {
        page.mistake_in(&text, mistake);
        return None;
    }
    if key == "content_type_options" && text.value != "nosniff" {
        let message = "this header has one value, `nosniff`, which it has already";
        page.mistake(Code::ConfigValue, text.at, message, form);
        return None;
    }
    Some(Some(text.value.to_owned()))
}
