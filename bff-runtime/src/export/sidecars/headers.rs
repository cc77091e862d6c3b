use std::fmt::Write as _;

use http::HeaderMap;

use crate::export::ExportedFile;

/// Fields that a host makes itself, for what it sends and when, and those about one request.
const OF_THE_HOST: [&str; 14] = [
    "accept-ranges",
    "age",
    "cache-status",
    "connection",
    "content-length",
    "date",
    "etag",
    "expires",
    "keep-alive",
    "last-modified",
    "server-timing",
    "trailer",
    "transfer-encoding",
    "x-request-id",
];

/// The headers that belong to a file, as text, in the order of their names.
///
/// # Errors
/// The name of one that is no text.
pub(in crate::export) fn headers_of(headers: &HeaderMap) -> Result<Vec<(String, String)>, String> {
    let mut kept = Vec::new();
    for (name, value) in headers.iter().filter(|(name, _)| !OF_THE_HOST.contains(&name.as_str())) {
        let value = value.to_str().map_err(|_| format!("the header `{name}` is no text"))?;
        kept.push((name.as_str().to_owned(), value.to_owned()));
    }
    // Lines of one name keep their order.
    kept.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(kept)
}

/// `_headers`: a path, and below it its headers, a line each.
pub(in crate::export) fn headers_text(files: &[ExportedFile]) -> String {
    let mut text = String::new();
    for file in files.iter().filter(|file| file.headers().next().is_some()) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", literal(file.path()));
        for (name, value) in file.headers() {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
    text
}

/// A path that stands for itself: there a `*` is any text, and `:name` a placeholder.
fn literal(path: &str) -> String {
    path.replace('*', "%2A").replace("/:", "/%3A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ex_10_what_a_host_makes_itself_is_left_out() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("x-b", "2"),
            ("content-type", "text/plain"),
            ("etag", "\"1\""),
            ("content-length", "5"),
            ("vary", "accept"),
            ("vary", "origin"),
            ("last-modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ] {
            headers.append(name, value.parse().unwrap());
        }
        let kept = headers_of(&headers).unwrap();
        let kept: Vec<String> =
            kept.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(kept, ["content-type: text/plain", "vary: accept", "vary: origin", "x-b: 2"]);
        headers.insert("x-b", http::HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(headers_of(&headers), Err("the header `x-b` is no text".to_owned()));
    }

    #[test]
    fn ex_15_a_path_is_followed_by_its_headers() {
        let file = |path: &str, headers: &[(&str, &str)]| ExportedFile {
            path: path.to_owned(),
            file: String::new(),
            source: String::new(),
            status: 200,
            headers: headers.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect(),
            bytes: 0,
            sha256: String::new(),
        };
        let files = [
            file("/", &[("content-type", "text/html"), ("x-a", "1, 2")]),
            file("/none", &[]),
            file("/:id/a*b:c", &[("content-type", "text/plain")]),
        ];
        let expected = "/\n  content-type: text/html\n  x-a: 1, 2\n/%3Aid/a%2Ab:c\n  content-type: text/plain\n";
        assert_eq!(headers_text(&files), expected);
    }
}
