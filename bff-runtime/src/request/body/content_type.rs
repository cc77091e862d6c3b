use http::{HeaderMap, header};

/// The media type of a body (RFC 9110 section 8.3.1), without its parameters but two.
///
/// It is parsed once and compared as parsed: a spelling that one reader takes for JSON and another does not is how
/// checks are evaded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ContentType {
    /// `type/subtype`, in lower case.
    essence: String,
    /// In lower case.
    charset: Option<String>,
    boundary: Option<String>,
}

impl ContentType {
    /// `None` when there is no such header, more than one, or one that is malformed.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(header::CONTENT_TYPE).iter();
        let value = values.next()?.to_str().ok()?;
        if values.next().is_some() {
            return None;
        }
        Self::parse(value)
    }

    fn parse(value: &str) -> Option<Self> {
        let (essence, mut rest) = value.split_once(';').unwrap_or((value, ""));
        let essence = essence.trim_matches([' ', '\t']).to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/')?;
        if !is_token(kind) || !is_token(subtype) {
            return None;
        }
        let mut parsed = Self { essence, ..Self::default() };
        while let Some(((name, value), after)) = parameter(rest)? {
            rest = after;
            let slot = match &*name {
                "charset" => &mut parsed.charset,
                "boundary" => &mut parsed.boundary,
                _ => continue,
            };
            // The same parameter twice is a riddle; nobody's answer should be right.
            if slot.is_some() {
                return None;
            }
            *slot = Some(value);
        }
        parsed.charset = parsed.charset.map(|charset| charset.to_ascii_lowercase());
        Some(parsed)
    }

    /// Whether these headers say that the body is JSON. What nearly every client sends is known without parsing it.
    pub(super) fn says_json(headers: &HeaderMap) -> bool {
        let mut values = headers.get_all(header::CONTENT_TYPE).iter();
        let is_plain = values.next().is_some_and(|value| value == "application/json");
        (is_plain && values.next().is_none())
            || Self::of(headers).is_some_and(|found| found.is_json())
    }

    /// `application/json` or `application/*+json` (RFC 6839 section 3.1), in UTF-8 (RFC 8259 section 8.1).
    fn is_json(&self) -> bool {
        let subtype = self.essence.strip_prefix("application/");
        subtype.is_some_and(|subtype| {
            subtype == "json" || subtype.strip_suffix("+json").is_some_and(|name| !name.is_empty())
        }) && self.is_utf_8()
    }

    /// `application/x-www-form-urlencoded`, in UTF-8.
    pub(super) fn is_form(&self) -> bool {
        self.essence == "application/x-www-form-urlencoded" && self.is_utf_8()
    }

    /// `multipart/form-data` (RFC 7578).
    pub(super) fn is_multipart(&self) -> bool {
        self.essence == "multipart/form-data"
    }

    pub(super) fn boundary(&self) -> Option<&str> {
        self.boundary.as_deref()
    }

    fn is_utf_8(&self) -> bool {
        matches!(self.charset.as_deref(), None | Some("utf-8" | "utf8" | "us-ascii"))
    }
}

/// A parameter's name, in lower case, and its value without quotes.
type Parameter = (String, String);

/// Takes the next parameter off the front, `name=value` or `name="value"`, as in RFC 9110 section 5.6.6. The outer
/// `None` is for what is malformed, the inner one for the end.
pub(super) fn parameter(text: &str) -> Option<Option<(Parameter, &str)>> {
    const BLANK: [char; 3] = [' ', '\t', ';'];
    let text = text.trim_start_matches(BLANK);
    if text.is_empty() {
        return Some(None);
    }
    let (name, rest) = text.split_once('=')?;
    // Senders of multipart parts put blanks around the sign, which the grammar does not have.
    let name = name.trim_matches([' ', '\t']);
    let rest = rest.trim_start_matches([' ', '\t']);
    if !is_token(name) {
        return None;
    }
    let quoted = rest.strip_prefix('"');
    let is_quoted = quoted.is_some();
    let (value, rest) = match quoted {
        Some(quoted) => unquote(quoted)?,
        None => {
            let (value, rest) = rest.split_once(';').unwrap_or((rest, ""));
            (value.trim_end_matches([' ', '\t']).to_owned(), rest)
        }
    };
    let rest = rest.trim_start_matches([' ', '\t']);
    // An unquoted value has taken its semicolon along, a quoted one has not.
    if !(rest.is_empty() || rest.starts_with(';') || !is_quoted) {
        return None;
    }
    Some(Some(((name.to_ascii_lowercase(), value), rest)))
}

/// The text up to the closing quote, and what follows it. A backslash escapes a quote and itself; before anything
/// else it stands for itself, as in the Windows paths that old browsers send.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => {
                let escaped = chars.next_if(|(_, next)| matches!(next, '"' | '\\'));
                value.push(escaped.map_or('\\', |(_, escaped)| escaped));
            }
            char => value.push(char),
        }
    }
    None
}

/// RFC 9110 section 5.6.2.
fn is_token(text: &str) -> bool {
    let is_char = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_char)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn headers(values: &[&str]) -> HeaderMap {
        let values = values.iter().map(|value| HeaderValue::from_str(value).unwrap());
        values.map(|value| (header::CONTENT_TYPE, value)).collect()
    }

    fn of(values: &[&str]) -> Option<ContentType> {
        ContentType::of(&headers(values))
    }

    #[test]
    fn rh_106_what_is_json_is_decided_once_for_every_spelling() {
        for (value, json) in [
            ("application/json", true),
            ("Application/JSON", true),
            ("application/json ", true),
            ("application/json\t", true),
            (" application/json", true),
            ("application/json;", true),
            ("application/json; ;", true),
            ("application/json ; charset=utf-8", true),
            ("application/json;charset=\"UTF-8\"", true),
            ("application/json; charset=utf-8; profile=\"a;b\\\"c\"", true),
            ("application/problem+json", true),
            ("application/vnd.api+json; version=1", true),
            ("application/json; charset=utf-16", false),
            ("application/json; charset=utf-8; charset=utf-16", false),
            ("application/json; charset", false),
            ("application/json; charset=\"utf-8", false),
            ("application/json; charset=\"utf-8\"x", false),
            ("application/json, text/plain", false),
            ("application/json x", false),
            ("application/ json", false),
            ("application/jsonp", false),
            ("application/+json", false),
            ("application/json+xml", false),
            ("application/x-json", false),
            ("text/json", false),
            ("text/plain", false),
            ("json", false),
            ("/json", false),
            ("", false),
        ] {
            assert_eq!(ContentType::says_json(&headers(&[value])), json, "`{value}`");
        }
        for values in [&[][..], &["application/json", "application/json"]] {
            assert!(!ContentType::says_json(&headers(values)), "{values:?}");
        }
    }

    #[test]
    fn rh_108_rh_109_forms_are_told_apart_and_a_boundary_is_found() {
        assert!(of(&["application/x-www-form-urlencoded"]).unwrap().is_form());
        assert!(of(&["application/x-www-form-urlencoded;charset=UTF-8"]).unwrap().is_form());
        assert!(!of(&["application/x-www-form-urlencoded;charset=latin1"]).unwrap().is_form());
        for (value, boundary) in [
            ("multipart/form-data; boundary=X", Some("X")),
            ("Multipart/Form-Data;boundary=\"a b:c\"", Some("a b:c")),
            ("multipart/form-data; charset=utf-8; Boundary=----x", Some("----x")),
            ("multipart/form-data", None),
        ] {
            let found = of(&[value]).unwrap();
            assert!(found.is_multipart());
            assert_eq!(found.boundary(), boundary, "`{value}`");
        }
        assert_eq!(of(&["multipart/form-data; boundary=a; boundary=b"]), None);
    }

    proptest! {
        #[test]
        fn any_value_is_parsed_or_refused(value in ".{0,40}", rest in "[;= \\\"a\\\\é]{0,20}") {
            let _ = ContentType::parse(&value);
            let _ = ContentType::parse(&format!("a/b;{rest}"));
        }
    }
}
