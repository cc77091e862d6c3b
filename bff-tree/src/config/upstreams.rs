use std::collections::HashSet;

use toml::de::DeTable;

use super::{
    fields::{Fields, Keys, Value, string},
    model::{Upstream, UpstreamUrl},
    page::Page,
    policy::duration,
    text::Text,
};
use crate::{
    Code,
    path_pattern::{Origin, PatternMistake, Reference, base},
};

const KEYS: Keys = Keys {
    table: "an upstream",
    known: &["url", "connect_timeout", "timeout", "idle_timeout", "http2"],
    later: &[],
    elsewhere: &[("base_url", "write `url`"), ("head_timeout", "write `timeout`")],
};

const FORM: &str = "write `catalog = \"${CATALOG_URL}\"`, or `{ url = \"…\", timeout = \"5s\" }`";

/// `[upstreams]`. One with a mistake is kept, without a URL, so that its name is known.
pub(super) fn upstreams(value: &Value<'_>, page: &mut Page<'_>) -> Vec<Upstream> {
    let form = format!("{FORM} below `[upstreams]`");
    let Some(fields) = Fields::of(value, &form, page) else { return Vec::new() };
    let entries = fields.iter();
    let mut upstreams: Vec<Upstream> =
        entries.filter_map(|(name, value)| upstream(&name, value, page)).collect();
    upstreams.sort_by_key(|upstream| upstream.line);
    // `Cat` beside `cat` has been told, and there cannot be two statics of one name.
    let mut names = HashSet::new();
    upstreams.retain(|upstream| names.insert(upstream.name.clone()));
    upstreams
}

/// The upstreams of a file that is not TOML as a whole, as far as they could be read: by name, so that the handlers
/// that name them are not told of a mistake that is none of theirs.
pub(super) fn names(table: &DeTable<'_>) -> Vec<Upstream> {
    let Some(upstreams) = table.get("upstreams").and_then(|it| it.get_ref().as_table()) else {
        return Vec::new();
    };
    let names = upstreams.keys().map(|key| &**key.get_ref()).filter(|name| is_name(name));
    names.map(|name| Upstream { name: name.to_owned(), ..Upstream::default() }).collect()
}

/// Lower-case letters, digits and `_`: a name of a static in capitals, and of nothing else.
fn is_name(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(word)
}

fn upstream(name: &Text<'_>, value: &Value<'_>, page: &mut Page<'_>) -> Option<Upstream> {
    let text = name.value;
    let line = page.place(name.at.start).line;
    if !is_name(text) {
        let plain: String = text.to_lowercase().replace(['-', '.', ' '], "_");
        let help = if is_name(&plain) {
            format!("write `{plain}`")
        } else {
            "write one like `catalog` or `search_v2`".to_owned()
        };
        page.mistake(
            Code::UpstreamDeclaration,
            name.at.clone(),
            format!(
                "`{text}` cannot be the name of an upstream: lower-case letters, digits and `_`"
            ),
            help,
        );
        // Under the name that is advised, so that what uses it is not told again.
        return is_name(&plain).then(|| Upstream { name: plain, line, ..Upstream::default() });
    }
    let mut upstream = Upstream { name: text.to_owned(), line, ..Upstream::default() };
    let is_plain = value.get_ref().as_str().is_some();
    if is_plain {
        upstream.url = string(value, FORM, page).and_then(|text| url(&text, page));
        return Some(upstream);
    }
    if let Some(fields) = Fields::of(value, FORM, page) {
        fields.check(&KEYS, page);
        let text = fields.required("url", KEYS.table, FORM, page);
        upstream.url = text.and_then(|text| url(&text, page));
        upstream.connect_timeout = duration(&fields, "connect_timeout", page);
        upstream.timeout = duration(&fields, "timeout", page);
        upstream.idle_timeout = duration(&fields, "idle_timeout", page);
        upstream.http2 = fields.boolean("http2", page).unwrap_or(false);
    }
    Some(upstream)
}

fn url(text: &Text<'_>, page: &mut Page<'_>) -> Option<UpstreamUrl> {
    match read(text.value) {
        Ok(url) => Some(url),
        Err(mistake) => {
            page.mistake_in(text, PatternMistake { code: Code::UpstreamDeclaration, ..mistake });
            None
        }
    }
}

fn read(text: &str) -> Result<UpstreamUrl, PatternMistake> {
    let wrong = |at, message: &str, help: &str| PatternMistake {
        code: Code::UpstreamDeclaration,
        at,
        message: message.to_owned(),
        help: help.to_owned(),
    };
    let absolute = |text: &str, start: usize| match base(text) {
        Ok((Origin::Absolute { .. }, _)) => Ok(()),
        // What is wrong with a URL. Of any other text it would speak of destinations and paths.
        Err(mistake) if text.starts_with("http://") || text.starts_with("https://") => {
            let at = mistake.at.start + start..mistake.at.end + start;
            Err(PatternMistake { at, ..mistake })
        }
        _ => Err(wrong(
            start..start + text.len(),
            "an upstream is another server, and this is no URL of one",
            "write `http://host:8080`, `https://host/path`, or a variable, `${CATALOG_URL}`",
        )),
    };
    let Some((reference, end)) = Reference::at_start(text)? else {
        absolute(text, 0)?;
        return Ok(UpstreamUrl::Fixed(text.trim_end_matches('/').to_owned()));
    };
    match reference {
        Reference::Upstream(_, at) => {
            Err(wrong(at, "an upstream cannot be another one", "write its URL or a variable"))
        }
        Reference::Variable(_) if end < text.len() => Err(wrong(
            end..text.len(),
            "the variable is the whole URL, so nothing follows it",
            "put the path into the variable",
        )),
        Reference::Variable(variable) => {
            match variable.default.as_deref() {
                Some("") => {
                    let at = end - 1..end;
                    let help = "write `${NAME}` to make it required";
                    return Err(wrong(at, "an upstream has to be somewhere", help));
                }
                Some(default) => absolute(default, end - 1 - default.len())?,
                None => {}
            }
            Ok(UpstreamUrl::Variable(variable))
        }
    }
}
