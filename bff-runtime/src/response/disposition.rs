use std::fmt::Write as _;

use http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What an extended value does not hold as it stands (RFC 8187 section 3.2.1, `attr-char`).
const NOT_AN_ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// `Content-Disposition` for a body that is saved under this name (RFC 6266, RH-412).
///
/// The name may come from a user. It stays in its parameter, and it is a name: a client that trusts the header
/// is led into no other folder. Beyond ASCII it is sent twice: with `_` for what old clients cannot read, and in
/// full (RFC 6266 appendix D).
pub(super) fn attachment(name: &str) -> HeaderValue {
    let name = file_name(name);
    let mut value = String::from("attachment");
    if !name.is_empty() {
        // `%` has some clients decode what is not encoded, so it stands for itself in the full form only.
        let plain = |c: char| (c.is_ascii_graphic() || c == ' ') && !matches!(c, '"' | '%');
        let ascii: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
        // Writing to a string cannot fail.
        let _ = write!(value, "; filename=\"{ascii}\"");
        if ascii != name {
            let _ = write!(
                value,
                "; filename*=UTF-8''{}",
                utf8_percent_encode(&name, NOT_AN_ATTR_CHAR)
            );
        }
    }
    // It is visible ASCII throughout.
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// The last segment of what may be a path of any system, without control characters (RFC 6266 section 4.3). What
/// is left is no name when it consists of dots.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !is_hidden(*c)).collect();
    let name = name.trim();
    if name.chars().all(|c| c == '.') { String::new() } else { name.to_owned() }
}

/// Control characters, and those that turn the direction of text: `exe.pdf` may be `fdp.exe` in disguise.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rh_412_names_are_sent_as_rfc_6266_has_them() {
        for (name, expected) in [
            ("a.pdf", r#"attachment; filename="a.pdf""#),
            ("my report.pdf", r#"attachment; filename="my report.pdf""#),
            ("naïve.txt", r#"attachment; filename="na_ve.txt"; filename*=UTF-8''na%C3%AFve.txt"#),
            ("日.txt", r#"attachment; filename="_.txt"; filename*=UTF-8''%E6%97%A5.txt"#),
            ("50%.txt", r#"attachment; filename="50_.txt"; filename*=UTF-8''50%25.txt"#),
            (r#"a".html"#, r#"attachment; filename="a_.html"; filename*=UTF-8''a%22.html"#),
            ("../../etc/passwd", r#"attachment; filename="passwd""#),
            (r"C:\x\a.txt", r#"attachment; filename="a.txt""#),
            ("a\r\nset-cookie: x=1", r#"attachment; filename="aset-cookie: x=1""#),
            ("a\0b", r#"attachment; filename="ab""#),
            ("\u{202e}fdp.exe", r#"attachment; filename="fdp.exe""#),
            ("", "attachment"),
            ("..", "attachment"),
            ("a/", "attachment"),
        ] {
            assert_eq!(attachment(name), expected, "{name:?}");
        }
    }

    /// The parameters of a header as a client reads them: quoted strings end at a quote.
    fn parameters(value: &str) -> Vec<(String, String)> {
        let mut rest = value.strip_prefix("attachment").unwrap();
        let mut parameters = Vec::new();
        while let Some(more) = rest.strip_prefix("; ") {
            let (name, value) = more.split_once('=').unwrap();
            let (value, after) = match value.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap(),
                None => value.split_at(value.find("; ").unwrap_or(value.len())),
            };
            parameters.push((name.to_owned(), value.to_owned()));
            rest = after;
        }
        assert_eq!(rest, "");
        parameters
    }

    proptest! {
        #[test]
        fn rh_412_no_name_gets_out_of_its_parameter(name in "(?s).{0,40}") {
            let value = attachment(&name);
            let parameters = parameters(value.to_str().unwrap());
            let names: Vec<&str> = parameters.iter().map(|(name, _)| &**name).collect();
            prop_assert!([&[][..], &["filename"], &["filename", "filename*"]].contains(&&*names));
            for (_, value) in &parameters {
                prop_assert!(!value.contains(['/', '\\', '\r', '\n']));
            }
            if let Some((_, value)) = parameters.last() {
                let sent = percent_decode_str(value.strip_prefix("UTF-8''").unwrap_or(value)).decode_utf8().unwrap();
                prop_assert_eq!(sent, file_name(&name));
            }
        }
    }
}
