use super::{
    fields::{Fields, Keys, Value, string, wrong_type},
    model::HeaderRule,
    page::Page,
    rule::rule,
    text::Text,
};
use crate::{
    Code,
    path_pattern::{Captured, HeaderTemplate},
};

const KEYS: Keys = Keys {
    table: "`[[headers]]`",
    known: &["source", "headers", "override", "has", "missing", "base_path"],
    later: &[],
    elsewhere: &[("overrides", "write `override`"), ("locale", "remove it: bff has no locales")],
};

const PAIR: Keys = Keys {
    table: "a header",
    known: &["key", "value"],
    later: &[],
    elsewhere: &[("name", "write `key`")],
};

const FORM: &str =
    "write `headers = { \"x-a\" = \"1\" }`, or `[{ key = \"x-a\", value = \"1\" }]` to repeat one";

/// Fields that belong to the connection and to the framing of a message, which the server writes (RFC 9110
/// section 7.6.1, RFC 9112 section 6).
const OF_THE_SERVER: [&str; 8] = [
    "connection",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// One `[[headers]]`; `None` when something in it is wrong.
pub(super) fn headers(value: &Value<'_>, page: &mut Page<'_>) -> Option<HeaderRule> {
    let fields = Fields::of(value, "write `[[headers]]` above the keys of each", page)?;
    fields.check(&KEYS, page);
    let rule = rule(&fields, KEYS.table, page);
    let pairs = pairs(&fields, KEYS.table, page);
    let overrides = fields.boolean("override", page).unwrap_or(false);
    // Which names are captured is known from the rule only; without it, every colon is a colon.
    let captured = rule.as_ref().map_or(&[][..], |rule| &rule.captured);
    let before = page.mistakes();
    let headers: Vec<_> =
        pairs.iter().filter_map(|(name, value)| header(name, value, captured, page)).collect();
    repeated(&pairs, page);
    let right = page.mistakes() == before;
    rule.filter(|_| right).map(|rule| {
        let place = page.place(rule.at.start);
        HeaderRule { rule, headers, overrides, place }
    })
}

/// The pairs of either form (HD-01, VA-09).
pub(super) fn pairs<'a>(
    fields: &Fields<'a>,
    table: &str,
    page: &mut Page<'_>,
) -> Vec<(Text<'a>, Text<'a>)> {
    let Some(value) = fields.get("headers") else {
        let at = fields.at.clone();
        page.mistake(Code::ConfigRequired, at, format!("{table} lacks `headers`"), FORM);
        return Vec::new();
    };
    let before = page.mistakes();
    let pairs: Vec<_> = if let Some(array) = value.get_ref().as_array() {
        array.iter().filter_map(|item| pair(item, page)).collect()
    } else if value.get_ref().is_table() {
        let table = Fields::of(value, FORM, page);
        let table = table.iter().flat_map(Fields::iter);
        table.filter_map(|(name, value)| Some((name, string(value, FORM, page)?))).collect()
    } else {
        wrong_type(value, "a table", FORM, page);
        Vec::new()
    };
    if pairs.is_empty() && page.mistakes() == before {
        page.mistake(Code::ConfigRequired, value.span(), "`headers` has no header in it", FORM);
    }
    pairs
}

fn pair<'a>(item: &'a Value<'a>, page: &mut Page<'_>) -> Option<(Text<'a>, Text<'a>)> {
    let fields = Fields::of(item, FORM, page)?;
    fields.check(&PAIR, page);
    let key = fields.required("key", PAIR.table, FORM, page);
    let value = fields.required("value", PAIR.table, FORM, page);
    Some((key?, value?))
}

fn header(
    name: &Text<'_>,
    value: &Text<'_>,
    captured: &[Captured],
    page: &mut Page<'_>,
) -> Option<(HeaderTemplate, HeaderTemplate)> {
    if of_the_server(name, page) {
        return None;
    }
    let template = HeaderTemplate::name(name.value, captured);
    let template = template.map_err(|mistake| page.mistake_in(name, mistake)).ok();
    let content = HeaderTemplate::value(value.value, captured);
    let content = content.map_err(|mistake| page.mistake_in(value, mistake)).ok();
    Some((template?, content?))
}

/// Reports a header that is not the app's to write.
pub(super) fn of_the_server(name: &Text<'_>, page: &mut Page<'_>) -> bool {
    let is_so = OF_THE_SERVER.contains(&&*name.value.to_ascii_lowercase());
    if is_so {
        page.mistake(
            Code::HeaderTemplate,
            name.at.clone(),
            format!("the server itself writes `{}`", name.value),
            "remove it: another value would break the connection or the end of the body",
        );
    }
    is_so
}

/// Only `Set-Cookie` is sent more than once; of any other the last would replace the first (HD-02).
pub(super) fn repeated(pairs: &[(Text<'_>, Text<'_>)], page: &mut Page<'_>) {
    for (index, (name, _)) in pairs.iter().enumerate() {
        let is_same = |other: &Text<'_>| other.value.eq_ignore_ascii_case(name.value);
        let earlier = pairs[..index].iter().find(|(other, _)| is_same(other));
        if let Some((earlier, _)) = earlier
            && !name.value.eq_ignore_ascii_case("set-cookie")
        {
            let first = page.place(earlier.at.start);
            page.mistake(
                Code::ConfigRequired,
                name.at.clone(),
                format!("`{}` is set twice", name.value),
                "keep one of them; several values of one header are one, with commas",
            )
            .related
            .push(first);
        }
    }
}
