use http::{HeaderMap, HeaderValue, header};

/// Says that a response depends on a header of the request, unless that is said already (RFC 9110 section 12.5.5).
///
/// A line of its own: several lines are one list, and what a handler has written stays as it is.
pub(crate) fn vary(headers: &mut HeaderMap, name: &'static str) {
    // Most responses have none, and to look at its lines costs more than to look for them.
    if !headers.contains_key(header::VARY) {
        headers.insert(header::VARY, HeaderValue::from_static(name));
    } else if !varies(headers, name) {
        headers.append(header::VARY, HeaderValue::from_static(name));
    }
}

/// True when the header is in `Vary`, or everything is.
fn varies(headers: &HeaderMap, name: &str) -> bool {
    headers.get_all(header::VARY).iter().any(|line| {
        line.as_bytes().split(|byte| *byte == b',').any(|listed| {
            let listed = listed.trim_ascii();
            listed == b"*" || listed.eq_ignore_ascii_case(name.as_bytes())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_once_and_everything_is_more_than_a_name() {
        for (before, expected) in [
            (&[][..], &["origin"][..]),
            (&["accept"], &["accept", "origin"]),
            (&["Origin"], &["Origin"]),
            (&["accept ,\tORIGIN, x"], &["accept ,\tORIGIN, x"]),
            (&["accept", "origin"], &["accept", "origin"]),
            (&["x-origin, origins"], &["x-origin, origins", "origin"]),
            (&["*"], &["*"]),
            (&["accept, *"], &["accept, *"]),
            (&[""], &["", "origin"]),
        ] {
            let mut headers = HeaderMap::new();
            for line in before {
                headers.append(header::VARY, HeaderValue::from_static(line));
            }
            vary(&mut headers, "origin");
            assert_eq!(headers.get_all(header::VARY).iter().collect::<Vec<_>>(), expected);
        }
    }
}
