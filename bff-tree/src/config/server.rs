use super::{
    fields::{Fields, Keys, Value},
    model::{Config, TrailingSlash},
    page::Page,
    text::Text,
};
use crate::{Code, suggest};

const KEYS: Keys = Keys {
    table: "`[server]`",
    known: &["base_path", "trailing_slash"],
    later: &["body_limit", "timeout", "trusted_proxies"],
    elsewhere: &[],
};

/// `[server]`.
pub(super) fn server(value: &Value<'_>, config: &mut Config, page: &mut Page<'_>) {
    let Some(fields) = Fields::of(value, "write `[server]` above its keys", page) else { return };
    fields.check(&KEYS, page);
    if let Some(text) = fields.string("base_path", page) {
        config.base_path = base_path(&text, page).unwrap_or_default();
    }
    if let Some(text) = fields.string("trailing_slash", page) {
        config.trailing_slash = trailing_slash(&text, page).unwrap_or_default();
    }
}

/// BP-01: empty for none; otherwise segments, each with its slash before it.
fn base_path(text: &Text<'_>, page: &mut Page<'_>) -> Option<String> {
    let path = text.value;
    let wrong = match path {
        "" => return Some(String::new()),
        "/" => Some(("every path begins with `/`, so this is no prefix", "remove the key".into())),
        _ if !path.starts_with('/') => {
            Some(("a base path starts with `/`", format!("write `/{path}`")))
        }
        _ if path.ends_with('/') => Some((
            "a base path ends without `/`",
            format!("write `{}`", path.trim_end_matches('/')),
        )),
        _ if !path[1..].split('/').all(is_plain_segment) => Some((
            "a base path is plain text: segments of letters, digits and `-._~`",
            "write one like `/docs` or `/shop/api`".to_owned(),
        )),
        _ => None,
    };
    match wrong {
        Some((message, help)) => {
            page.mistake(Code::ConfigValue, text.at.clone(), message, help);
            None
        }
        None => Some(path.to_owned()),
    }
}

/// What needs no escape (RFC 3986 section 2.3), and is no dot segment: it is compared byte by byte.
fn is_plain_segment(segment: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !matches!(segment, "" | "." | "..") && segment.bytes().all(plain)
}

/// BP-10 to BP-15.
fn trailing_slash(text: &Text<'_>, page: &mut Page<'_>) -> Option<TrailingSlash> {
    match text.value {
        "ignore" => return Some(TrailingSlash::Ignore),
        "redirect" => return Some(TrailingSlash::Redirect),
        "require" => return Some(TrailingSlash::Require),
        _ => {}
    }
    let help = match suggest::nearest(text.value, ["ignore", "redirect", "require"]) {
        Some(nearest) => format!("did you mean `\"{nearest}\"`?"),
        None => "write `\"ignore\"`, `\"redirect\"` (to the path without it) or `\"require\"`"
            .to_owned(),
    };
    page.mistake(
        Code::ConfigValue,
        text.at.clone(),
        format!("`trailing_slash` cannot be `{}`", text.value),
        help,
    );
    None
}
