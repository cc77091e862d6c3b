use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::parser::Fault;
use crate::request::body::content_type::parameter;

/// The headers of a part, and what `Content-Disposition` says in them (RFC 7578 section 4.2).
#[derive(Debug, PartialEq)]
pub(super) struct PartHead {
    pub(super) headers: HeaderMap,
    pub(super) name: String,
    pub(super) file_name: Option<String>,
}

impl PartHead {
    /// Parses complete header lines, each with its line break.
    pub(super) fn parse(lines: &[u8], limit: usize) -> Result<Self, Fault> {
        let mut headers = HeaderMap::new();
        let lines = lines.strip_suffix(b"\r\n").unwrap_or(lines);
        for (number, line) in split_lines(lines).enumerate() {
            if number == limit {
                return Err(Fault::Headers);
            }
            let (name, value) =
                header_line(line).ok_or(Fault::Malformed("a part has a malformed header"))?;
            headers.append(name, value);
        }
        Self::from_headers(headers)
    }

    fn from_headers(headers: HeaderMap) -> Result<Self, Fault> {
        const UNNAMED: Fault = Fault::Malformed("a part has no name");
        let mut dispositions = headers.get_all(header::CONTENT_DISPOSITION).iter();
        let (Some(disposition), None) = (dispositions.next(), dispositions.next()) else {
            return Err(UNNAMED);
        };
        // Names are UTF-8 as they stand (RFC 7578 section 5.1).
        let disposition = String::from_utf8_lossy(disposition.as_bytes());
        let (kind, mut rest) = disposition.split_once(';').ok_or(UNNAMED)?;
        if !kind.trim_matches([' ', '\t']).eq_ignore_ascii_case("form-data") {
            return Err(UNNAMED);
        }
        let (mut name, mut file_name) = (None, None);
        const MALFORMED: Fault = Fault::Malformed("a part has a malformed content-disposition");
        while let Some(((parameter, value), after)) = parameter(rest).ok_or(MALFORMED)? {
            rest = after;
            // `filename*` must not be sent in forms (section 4.2) and is not looked at: a second spelling of the name
            // is one that a check has not seen.
            let slot = match &*parameter {
                "name" => &mut name,
                "filename" => &mut file_name,
                _ => continue,
            };
            if slot.replace(unescaped(&value)).is_some() {
                return Err(MALFORMED);
            }
        }
        let name = name.ok_or(UNNAMED)?;
        Ok(Self { name, file_name, headers })
    }
}

/// Splits at CR LF alone: a bare CR or LF stays in its line, where a value cannot have it.
fn split_lines(mut text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut is_done = false;
    std::iter::from_fn(move || {
        if is_done {
            return None;
        }
        match memchr::memmem::find(text, b"\r\n") {
            Some(at) => {
                let line = &text[..at];
                text = &text[at + 2..];
                Some(line)
            }
            None => {
                is_done = true;
                Some(text)
            }
        }
    })
}

/// `name: value`. A folded line begins with a blank and is no name, so it is refused (RFC 9112 section 5.2).
fn header_line(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = memchr::memchr(b':', line)?;
    let name = HeaderName::from_bytes(&line[..colon]).ok()?;
    let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?;
    Some((name, value))
}

/// The HTML standard has browsers write a quote and line breaks as `%22`, `%0D` and `%0A`, and nothing else.
fn unescaped(value: &str) -> String {
    value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(lines: &[u8]) -> Result<(String, Option<String>), Fault> {
        PartHead::parse(lines, 20).map(|head| (head.name, head.file_name))
    }

    #[test]
    fn rh_109_names_are_found_in_every_spelling_that_clients_use() {
        for (disposition, name, file) in [
            ("form-data; name=\"a\"", "a", None),
            ("Form-Data;name=a", "a", None),
            ("form-data; name=\"\"", "", None),
            ("form-data; name=\"a;b\"; filename=\"c;d.txt\"", "a;b", Some("c;d.txt")),
            ("form-data; filename=x; name=y", "y", Some("x")),
            ("form-data; name=\"grüße\"; filename=\"日本.txt\"", "grüße", Some("日本.txt")),
            ("form-data; name=\"a%22b%0D%0A%41\"", "a\"b\r\n%41", None),
            (r#"form-data; name="a\"b\\c""#, r#"a"b\c"#, None),
            (r#"form-data; name=f; filename="C:\dir\x.txt""#, "f", Some(r"C:\dir\x.txt")),
            ("form-data; name=f; filename=\"\"", "f", Some("")),
            ("form-data; name=f; filename*=UTF-8''x.txt", "f", None),
            ("form-data ; name = \"a\" ; filename = \"b\" ;", "a", Some("b")),
        ] {
            let line = format!("Content-Disposition: {disposition}\r\n");
            let expected = (name.to_owned(), file.map(str::to_owned));
            assert_eq!(parse(line.as_bytes()), Ok(expected), "{disposition}");
        }
    }

    #[test]
    fn rh_110_a_part_without_a_name_or_with_a_malformed_header_is_refused() {
        for lines in [
            &b"Content-Type: text/plain\r\n"[..],
            b"Content-Disposition: form-data\r\n",
            b"Content-Disposition: form-data; filename=x\r\n",
            b"Content-Disposition: attachment; name=x\r\n",
            b"Content-Disposition: form-data; name=\"x\r\n",
            b"Content-Disposition: form-data; name=x; name=y\r\n",
            b"Content-Disposition: form-data; name=x\r\nContent-Disposition: form-data; name=y\r\n",
            b"Content-Disposition: form-data; name\r\n",
            b"Content-Disposition: form-data; name=x\r\n folded\r\n",
            b"Content-Disposition: form-data; name=x\r\nno colon\r\n",
            b"Content-Disposition : form-data; name=x\r\n",
            b"Content-Disposition: form-data; name=x\nX: y\r\n",
            b"Content-Disposition: form-data; name=\"x\0\"\r\n",
            b"\xff: x\r\nContent-Disposition: form-data; name=x\r\n",
        ] {
            let found = parse(lines);
            assert!(matches!(found, Err(Fault::Malformed(_))), "{found:?}");
        }
    }
}
