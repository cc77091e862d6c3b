use std::time::Duration;

use http::{HeaderMap, header};

/// Shorter, and a provider would be asked all the time.
const LEAST: Duration = Duration::from_secs(5 * 60);

/// Longer, and a key that was taken back would be used for days.
const MOST: Duration = Duration::from_secs(24 * 60 * 60);

/// For a provider that says nothing.
const USUAL: Duration = Duration::from_secs(60 * 60);

/// How long keys are fresh that came with these headers: `max-age` (RFC 9111 section 5.2.2.1), within bounds.
pub(super) fn lifetime(headers: &HeaderMap) -> Duration {
    let lines = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|line| line.to_str().ok());
    let mut lifetime = None;
    for directive in lines.flat_map(|line| line.split(',')) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        let name = name.trim();
        if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
            return LEAST;
        }
        if name.eq_ignore_ascii_case("max-age") {
            let seconds = value.trim().trim_matches('"');
            // Too large for a number is long, no number at all is stale (section 4.2.1).
            let is_number = !seconds.is_empty() && seconds.bytes().all(|it| it.is_ascii_digit());
            let seconds = seconds.parse().unwrap_or(if is_number { u64::MAX } else { 0 });
            lifetime = Some(lifetime.map_or(seconds, |known: u64| known.min(seconds)));
        }
    }
    lifetime.map_or(USUAL, |seconds| Duration::from_secs(seconds).clamp(LEAST, MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_fresh_for_five_minutes_to_a_day() {
        for (lines, seconds) in [
            (&[][..], 3_600),
            (&["max-age=1200"], 1_200),
            (&["public, Max-Age=1200 , must-revalidate"], 1_200),
            (&["public", "max-age=\"600\""], 600),
            (&["max-age=600, max-age=1200"], 600),
            (&["max-age=0"], 300),
            (&["max-age=299"], 300),
            (&["max-age=86401"], 86_400),
            (&["max-age=99999999999999999999999"], 86_400),
            (&["max-age=-1"], 300),
            (&["max-age=x"], 300),
            (&["max-age"], 300),
            (&["s-maxage=1200"], 3_600),
            (&["max-age=1200, no-store"], 300),
            (&["no-cache"], 300),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::CACHE_CONTROL, line.parse().unwrap());
            }
            assert_eq!(lifetime(&headers).as_secs(), seconds, "{lines:?}");
        }
    }
}
