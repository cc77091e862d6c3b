use super::{
    fields::{Fields, Keys, Value, string},
    model::{Config, Networks, TrailingSlash},
    page::Page,
    policy::limits,
    text::Text,
};
use crate::{
    Code,
    network::network,
    path_pattern::{PatternMistake, Reference},
    suggest,
};

const KEYS: Keys = Keys {
    table: "`[server]`",
    known: &[
        "base_path",
        "trailing_slash",
        "body_limit",
        "timeout",
        "concurrency",
        "rate_limit",
        "cors",
        "csrf",
        "trusted_proxies",
    ],
    later: &[],
    elsewhere: &[
        ("require", "write it below `[[rules]]`, with `source = \"/:path*\"` for all routes"),
        ("host", "set the variable `HOST`"),
        ("port", "set the variable `PORT`"),
        ("headers", "write `[[headers]]`, or `headers` below `[[rules]]`"),
    ],
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
    config.limits = limits(&fields, page);
    config.trusted_proxies = trusted_proxies(&fields, page);
}

/// A list of networks, where one may be a variable; or one text, which is most often a variable.
fn trusted_proxies(fields: &Fields<'_>, page: &mut Page<'_>) -> Vec<Networks> {
    const KEY: &str = "trusted_proxies";
    const FORM: &str = "write `[\"10.0.0.0/8\"]`, or a variable that holds such a list with commas, `\"${TRUSTED_PROXIES}\"`";
    let Some(value) = fields.get(KEY) else { return Vec::new() };
    let items = match value.get_ref().as_str() {
        Some(_) => std::slice::from_ref(value),
        None => fields.items(KEY, FORM, page),
    };
    items
        .iter()
        .filter_map(|item| {
            let text = string(item, FORM, page)?;
            networks(&text, page)
        })
        .collect()
}

fn networks(text: &Text<'_>, page: &mut Page<'_>) -> Option<Networks> {
    let wrong = |page: &mut Page<'_>, message: &str, help: &str| {
        page.mistake(Code::Network, text.at.clone(), message, help);
        None
    };
    let variable = match Reference::at_start(text.value) {
        Err(mistake) => {
            page.mistake_in(text, PatternMistake { code: Code::Network, ..mistake });
            return None;
        }
        Ok(Some((Reference::Variable(variable), end))) if end == text.value.len() => variable,
        Ok(Some(_)) => {
            let help = "write `\"${TRUSTED_PROXIES}\"`; an address beside it is another item";
            return wrong(page, "a variable stands alone here", help);
        }
        Ok(None) => {
            return match network(text.value) {
                Ok(()) => Some(Networks::Fixed(text.value.to_owned())),
                Err((message, help)) => wrong(page, &message, &help),
            };
        }
    };
    let default = variable.default.as_deref().unwrap_or("");
    let items = default.split(',').map(str::trim).filter(|_| !default.trim().is_empty());
    for item in items {
        if let Err((message, help)) = network(item) {
            return wrong(page, &message, &help);
        }
    }
    Some(Networks::Variable(variable))
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
