use std::ops::Range;

use super::{
    fields::{Fields, Keys, Value, string, wrong_type},
    model::Setting,
    page::Page,
    text::Text,
};
use crate::{
    Code,
    cors::{Cors, Draft, ELSEWHERE, KEYS as NAMES, NONE, Said},
};

const KEYS: Keys = Keys { table: "`cors`", known: NAMES, later: &[], elsewhere: ELSEWHERE };

const FORM: &str = "write `cors = \"https://app.example.com\"`, `cors = [\"https://…\", \"https://…\"]`, \
                    `cors = { origins = [\"https://…\"], credentials = true }` or `cors = \"none\"`";

type Told<T> = Said<T, Range<usize>>;

/// `cors` of a table; `None` inside where it says that there is none. What is wrong is reported and left out.
pub(super) fn cors(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Setting<Option<Cors>>> {
    let value = fields.get("cors")?;
    let place = page.place(fields.key_at("cors")?.start);
    if value.get_ref().as_str() == Some(NONE) {
        return Some(Setting { value: None, place });
    }
    let it = value.get_ref();
    let draft = if it.as_str().is_some() || it.as_array().is_some() {
        Draft::of(value.span(), texts(value, page))
    } else if it.as_table().is_some() {
        table(&Fields::of(value, FORM, page)?, page)
    } else {
        let help = if it.as_bool() == Some(false) { "write `cors = \"none\"`" } else { FORM };
        wrong_type(value, "a string, an array or a table", help, page);
        return None;
    };
    let checked = draft.check(&mut |at, mistake| {
        // Of what is no text there are no bytes inside.
        let text = Text { value: "", at: at.clone() };
        page.mistake_in(&text, mistake);
    });
    Some(Setting { value: Some(checked?), place })
}

fn table(fields: &Fields<'_>, page: &mut Page<'_>) -> Draft<Range<usize>> {
    fields.check(&KEYS, page);
    let each = |key: &str, page: &mut Page<'_>| texts(fields.get(key)?, page);
    if fields.get("origins").is_none() {
        let help = "add `origins = [\"https://app.example.com\"]`";
        page.mistake(Code::ConfigRequired, fields.at.clone(), "`cors` lacks `origins`", help);
    }
    Draft {
        place: fields.get("origins").map_or_else(|| fields.at.clone(), Value::span),
        origins: each("origins", page),
        credentials: boolean(fields, "credentials", page),
        allow_headers: each("allow_headers", page),
        expose_headers: each("expose_headers", page),
        max_age: fields.string("max_age", page).map(said),
        private_network: boolean(fields, "private_network", page),
    }
}

fn boolean(fields: &Fields<'_>, key: &str, page: &mut Page<'_>) -> Option<Told<bool>> {
    let place = fields.get(key)?.span();
    fields.boolean(key, page).map(|value| Said { value, place })
}

/// A string, or an array of them.
pub(super) fn texts(value: &Value<'_>, page: &mut Page<'_>) -> Option<Vec<Told<String>>> {
    const ITEM: &str = "write it in quotes";
    let items = match value.get_ref().as_array() {
        Some(items) => &items[..],
        None if value.get_ref().as_str().is_some() => std::slice::from_ref(value),
        None => {
            wrong_type(value, "a string or an array of strings", "write `[\"…\"]`", page);
            return None;
        }
    };
    let texts: Vec<_> = items.iter().map(|item| string(item, ITEM, page).map(said)).collect();
    // A list that has nothing in it is one; of a list that could not be read it is told already.
    let is_read = texts.is_empty() || texts.iter().any(Option::is_some);
    is_read.then(|| texts.into_iter().flatten().collect())
}

fn said(text: Text<'_>) -> Told<String> {
    Said { value: text.value.to_owned(), place: text.at }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use toml::de::DeTable;

    use super::*;
    use crate::{AllowedHeaders, AllowedOrigin, Csrf, Diagnostics, Origins, config::csrf::csrf};

    /// What a table with this line comes to, and each mistake as `code line:column message`.
    fn read<T>(
        line: &str,
        key: fn(&Fields<'_>, &mut Page<'_>) -> Option<Setting<T>>,
    ) -> (Option<T>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let table = DeTable::parse(line).expect("TOML");
        let mut page = Page::new("bff.toml", line, &mut diagnostics);
        let setting = key(&Fields::of_file(table.get_ref()), &mut page);
        let told = diagnostics.iter().map(|it| {
            format!(
                "{} {} {}",
                it.code,
                it.location.to_string().replace("bff.toml:", ""),
                it.message
            )
        });
        (setting.map(|setting| setting.value), told.collect())
    }

    #[test]
    fn px_97_a_policy_of_a_rule_is_read_in_each_of_its_forms() {
        let exact = |text: &str| AllowedOrigin::Exact(text.to_owned());
        let plain = |origins| Cors {
            origins,
            credentials: false,
            allow_headers: AllowedHeaders::Asked,
            expose_headers: Vec::new(),
            max_age: Cors::MAX_AGE,
            private_network: false,
        };
        let one = || Origins::Listed(vec![exact("https://a.example")]);
        for (line, expected) in [
            (r#"cors = "https://a.example""#, Some(plain(one()))),
            (
                r#"cors = ["https://a.example", "https://b.example"]"#,
                Some(plain(Origins::Listed(vec![
                    exact("https://a.example"),
                    exact("https://b.example"),
                ]))),
            ),
            (r#"cors = "*""#, Some(plain(Origins::Any))),
            (r#"cors = "none""#, None),
            (
                r#"cors = { origins = ["https://a.example"], credentials = true, allow_headers = ["X-A"], expose_headers = ["etag"], max_age = "1h", private_network = true }"#,
                Some(Cors {
                    credentials: true,
                    allow_headers: AllowedHeaders::Listed(vec!["x-a".to_owned()]),
                    expose_headers: vec!["etag".to_owned()],
                    max_age: Duration::from_secs(3600),
                    private_network: true,
                    ..plain(one())
                }),
            ),
        ] {
            assert_eq!(read(line, cors), (Some(expected), Vec::new()), "{line}");
        }
    }

    #[test]
    fn attack_22_a_mistake_is_told_where_it_stands() {
        for (line, expected) in [
            (
                r#"cors = { origins = "*", credentials = true }"#,
                &["BFF0831 1:39 `credentials` and `\"*\"` exclude"][..],
            ),
            (r#"cors = "https://a.example/x""#, &["BFF0830 1:26 an origin ends with its host"]),
            (
                r#"cors = ["https://*.com", "null"]"#,
                &["BFF0830 1:20 `*.com` is half", "BFF0830 1:27 `null` is the origin"],
            ),
            ("cors = []", &["BFF0831 1:8 no origin is listed"]),
            ("cors = {}", &["BFF0805 1:8 `cors` lacks `origins`"]),
            ("cors = false", &["BFF0804 1:8 this is a boolean"]),
            ("cors = [1]", &["BFF0804 1:9 this is an integer"]),
            (r#"cors = { origin = "*" }"#, &["BFF0802 1:10 `cors` has no key `origin`", "BFF0805"]),
            (r#"cors = { origins = "*", max_age = "1d" }"#, &["BFF0820 1:36 `1d` has no unit"]),
            (
                r#"cors = { origins = "*", expose_headers = ["a b"] }"#,
                &["BFF0831 1:44 `a b` is no name of a header"],
            ),
        ] {
            let (_, told) = read(line, cors);
            let fits = told.len() == expected.len()
                && told.iter().zip(expected).all(|(found, start)| found.starts_with(start));
            assert!(fits, "{line}: {told:#?}");
        }
    }

    #[test]
    fn a_csrf_policy_is_a_switch_or_a_table() {
        let trusted = vec![AllowedOrigin::Exact("https://a.example".to_owned())];
        for (line, expected) in [
            ("csrf = false", Ok(Csrf::switched(false))),
            ("csrf = true", Ok(Csrf::switched(true))),
            (
                r#"csrf = { trusted_origins = ["https://a.example"] }"#,
                Ok(Csrf { enabled: true, trusted_origins: trusted }),
            ),
            (r#"csrf = "none""#, Err("BFF0804 1:8 this is a string")),
            ("csrf = {}", Err("BFF0805 1:8 `csrf` lacks")),
            ("csrf = { origins = [] }", Err("BFF0802 1:10 `csrf` has no key `origins`")),
            (r#"csrf = { trusted_origins = "*" }"#, Err("BFF0831 1:29 whoever trusts")),
            (r#"csrf = { trusted_origins = ["https://a/"] }"#, Err("BFF0830 1:39 an origin ends")),
        ] {
            let (value, told) = read(line, csrf);
            match expected {
                Ok(expected) => assert_eq!((value, told), (Some(expected), Vec::new()), "{line}"),
                Err(start) => {
                    assert!(
                        told.first().is_some_and(|it| it.starts_with(start)),
                        "{line}: {told:?}"
                    );
                }
            }
        }
    }
}
