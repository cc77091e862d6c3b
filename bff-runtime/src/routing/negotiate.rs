use http::{HeaderMap, header};

/// True when the client asks for plain text rather than for a problem document (RFC 9110 section 12.5.1).
///
/// Without `Accept`, with `*/*`, or when both are as welcome, the answer is the problem document.
pub(crate) fn prefers_text(headers: &HeaderMap) -> bool {
    match headers.get(header::ACCEPT) {
        None => false,
        Some(accept) if accept == "*/*" || accept == "application/json" => false,
        Some(_) => {
            let accepts: Vec<&str> = headers
                .get_all(header::ACCEPT)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .collect();
            let text = quality(&accepts, &["text/plain", "text/*", "*/*"]);
            let json = quality(
                &accepts,
                &["application/problem+json", "application/json", "application/*", "*/*"],
            );
            text > json
        }
    }
}

/// The quality of the most specific of these ranges that the client names, in thousandths.
fn quality(accepts: &[&str], ranges: &[&str]) -> u16 {
    for range in ranges {
        for accept in accepts {
            let (name, quality) = weighted(accept);
            if name.eq_ignore_ascii_case(range) {
                return quality;
            }
        }
    }
    0
}

/// What an item of a negotiating header names, and its quality in thousandths (RFC 9110 section 12.4.2).
pub(crate) fn weighted(item: &str) -> (&str, u16) {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (name, weight.map_or(1000, thousandths))
}

fn thousandths(weight: &str) -> u16 {
    weight.parse::<f32>().map_or(0, |weight| (weight.clamp(0.0, 1.0) * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn rh_084_plain_text_is_sent_only_when_it_is_asked_for() {
        for (accept, expected) in [
            (None, false),
            (Some("*/*"), false),
            (Some("application/json"), false),
            (Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), false),
            (Some("text/plain"), true),
            (Some("text/*"), true),
            (Some("TEXT/PLAIN;q=0.5"), true),
            (Some("text/plain, application/json"), false),
            (Some("text/plain;q=0.9, application/problem+json;q=0.5"), true),
            (Some("text/plain;q=0, */*"), false),
            (Some("text/plain;q=x"), false),
            (Some("image/png"), false),
            (Some(",;,"), false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            }
            assert_eq!(prefers_text(&headers), expected, "{accept:?}");
        }
    }
}
