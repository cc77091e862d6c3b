//! URLs as a log may have them: without what must stay secret, and in one line.

use std::{borrow::Cow, fmt::Write as _, ops::RangeInclusive};

use percent_encoding::percent_decode_str;

/// What stands for a value.
const MASK: &str = "[redacted]";

/// A log should have to bear no more of a URL.
const LONGEST: usize = 2048;

/// How often a value is looked into, for a URL with secrets that is the value of a query, and the like.
const DEPTH: u8 = 3;

/// A name that has one of these words in it is that of a secret, whatever else it says: `access_token`, `apiKey`.
const WORDS: [&str; 27] = [
    "apikey",
    "assertion",
    "auth",
    "authorization",
    "bearer",
    "code",
    "cookie",
    "credential",
    "credentials",
    "hash",
    "hmac",
    "jwt",
    "key",
    "nonce",
    "otp",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "secret",
    "session",
    "sid",
    "sig",
    "signature",
    "ticket",
    "token",
];

/// The same, where words are written together: `accesstoken`, `jsessionid`. The short words would hit too much.
const ENDINGS: [&str; 11] = [
    "apikey",
    "credential",
    "credentials",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "secretkey",
    "sessionid",
    "signature",
    "token",
];

/// The path of a request, and of its route where that is known: a param whose name is that of a secret is one.
pub(crate) fn path(path: &str, route: Option<&str>) -> String {
    let secret = secret_segments(path, route);
    let mut text = String::with_capacity(path.len());
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            text.push('/');
        }
        match secret.contains(&index) {
            true => text.push_str(MASK),
            false => text.push_str(&segment_without_secrets(segment)),
        }
    }
    one_line(&text)
}

/// The query of a request, without its `?`.
pub(crate) fn query(query: &str) -> String {
    let mut text = String::with_capacity(query.len());
    for (index, pair) in query.split('&').enumerate() {
        if index > 0 {
            text.push('&');
        }
        text.push_str(&pair_without_secrets(pair));
    }
    one_line(&text)
}

/// The value of a header, in one line. Blanks stay: what it is shown in has quotes around it.
pub(crate) fn header(value: &str) -> String {
    if holds_a_secret(value, DEPTH) {
        return MASK.to_owned();
    }
    escaped(value, 0x20..=0x7e)
}

/// Which segments of a path, as `split` counts them, are params with the name of a secret.
fn secret_segments(path: &str, route: Option<&str>) -> Vec<usize> {
    let Some(route) = route else { return Vec::new() };
    let filled = |text: &'_ str| -> Vec<usize> {
        let segments = text.split('/').enumerate();
        segments.filter(|(_, segment)| !segment.is_empty()).map(|(index, _)| index).collect()
    };
    let in_path = filled(path);
    let pattern: Vec<&str> = route.split('/').filter(|segment| !segment.is_empty()).collect();
    // Below a prefix the route is the end of the path. A route that ends in any number of segments says nothing
    // about its beginning, and is taken to have none before it.
    let is_open = pattern.last().is_some_and(|last| last.starts_with("{*"));
    let before = if is_open { 0 } else { in_path.len().saturating_sub(pattern.len()) };
    let mut secret = Vec::new();
    for (position, segment) in pattern.iter().enumerate() {
        let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            continue;
        };
        if !is_secret(name.trim_start_matches('*')) {
            continue;
        }
        let from = before + position;
        let until = if segment.starts_with("{*") { in_path.len() } else { from + 1 };
        secret.extend(in_path.get(from..until.min(in_path.len())).unwrap_or_default());
    }
    secret
}

/// `page;jsessionid=7`: what follows a semicolon is a pair.
fn segment_without_secrets(segment: &str) -> Cow<'_, str> {
    if !segment.contains(';') {
        return Cow::Borrowed(segment);
    }
    let pairs: Vec<Cow<'_, str>> = segment.split(';').map(pair_without_secrets).collect();
    Cow::Owned(pairs.join(";"))
}

fn pair_without_secrets(pair: &str) -> Cow<'_, str> {
    match pair.split_once('=') {
        Some((key, value)) if is_secret(&decoded(key)) || holds_a_secret(value, DEPTH) => {
            Cow::Owned(format!("{key}={MASK}"))
        }
        // `?eyJhbGciOi…` is all value.
        None if is_a_token(pair) => Cow::Borrowed(MASK),
        _ => Cow::Borrowed(pair),
    }
}

/// True for a value with a pair in it that is one of a secret, such as the URL to go back to.
fn holds_a_secret(value: &str, depth: u8) -> bool {
    if is_a_token(value) {
        return true;
    }
    let value = decoded(value);
    if depth == 0 || !value.contains(['=', '%', '"']) {
        return false;
    }
    value.split(['?', '&', ';', '#', ',', '{', '}']).any(|pair| {
        let pair = pair.split_once('=').or_else(|| pair.split_once(':'));
        pair.is_some_and(|(key, value)| {
            is_secret(&decoded(key.trim_matches('"'))) || holds_a_secret(value, depth - 1)
        })
    }) || value.contains('%') && holds_a_secret(&value, depth - 1)
}

/// A JSON Web Token gives itself away (RFC 7519 section 3.1): its header is base64 of `{"`. So do the keys of providers
/// that mark theirs, for scanners of programs to find.
fn is_a_token(value: &str) -> bool {
    const MARKS: [&str; 9] = [
        "whsec_",
        "sk_live_",
        "sk_test_",
        "rk_live_",
        "ghp_",
        "github_pat_",
        "xoxb-",
        "xoxp-",
        "shpat_",
    ];
    value.starts_with("eyJ") && value.len() > 30
        || MARKS.iter().any(|mark| value.len() > mark.len() + 8 && value.starts_with(mark))
}

/// True for the name of a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let joined: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    ENDINGS.iter().any(|ending| joined.ends_with(ending))
        || words(name).any(|word| WORDS.contains(&&*word))
        || WORDS.contains(&&*joined)
}

/// The words of a name, in lower case: `X-Amz-Signature`, `apiKey`, `user[token]`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        let is_border = character.is_ascii_uppercase() && was_lower;
        if (is_border || !character.is_ascii_alphanumeric())
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if character.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(character.to_ascii_lowercase());
        }
        was_lower = character.is_ascii_lowercase();
    }
    words.into_iter()
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// Escapes what is not printable ASCII, as a URL does it, so that no line break, escape sequence or look-alike
/// reaches a log; and cuts what is too long.
pub(crate) fn one_line(text: &str) -> String {
    escaped(text, 0x21..=0x7e)
}

fn escaped(text: &str, plain: RangeInclusive<u8>) -> String {
    let mut line = String::with_capacity(text.len());
    for byte in text.bytes() {
        if line.len() >= LONGEST {
            line.push_str("[…]");
            break;
        }
        if plain.contains(&byte) {
            line.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(line, "%{byte:02X}");
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_31_security_61_the_values_of_secrets_are_masked_by_their_names() {
        for (sent, logged) in [
            ("", ""),
            ("a=1&b=2", "a=1&b=2"),
            ("flag", "flag"),
            ("token=s3cret", "token=[redacted]"),
            ("a=1&TOKEN=s3cret&b=2", "a=1&TOKEN=[redacted]&b=2"),
            (
                "access_token=s3cret&refresh-token=s3cret",
                "access_token=[redacted]&refresh-token=[redacted]",
            ),
            (
                "accessToken=s3cret&accesstoken=s3cret",
                "accessToken=[redacted]&accesstoken=[redacted]",
            ),
            ("code=s3cret&state=x", "code=[redacted]&state=x"),
            (
                "password=s3cret&passwd=s3cret&pwd=s3cret",
                "password=[redacted]&passwd=[redacted]&pwd=[redacted]",
            ),
            ("client_secret=s3cret", "client_secret=[redacted]"),
            ("X-Amz-Signature=s3cret&X-Amz-Date=1", "X-Amz-Signature=[redacted]&X-Amz-Date=1"),
            (
                "sig=s3cret&key=s3cret&apikey=s3cret&apiKey=s3cret",
                "sig=[redacted]&key=[redacted]&apikey=[redacted]&apiKey=[redacted]",
            ),
            // However the name is written.
            ("t%6Fken=s3cret", "t%6Fken=[redacted]"),
            ("user%5Bpassword%5D=s3cret", "user%5Bpassword%5D=[redacted]"),
            ("user[password]=s3cret", "user[password]=[redacted]"),
            ("token=", "token=[redacted]"),
            ("token=a=b", "token=[redacted]"),
            // A value that is a URL, or a document, with one in it.
            ("next=/cb?token=s3cret", "next=[redacted]"),
            ("next=%2Fcb%3Fa%3D1%26token%3Ds3cret", "next=[redacted]"),
            ("next=%252Fcb%253Ftoken%253Ds3cret", "next=[redacted]"),
            ("q=%7B%22password%22%3A%22s3cret%22%7D", "q=[redacted]"),
            ("next=%2Fposts%3Fpage%3D2", "next=%2Fposts%3Fpage%3D2"),
            // A token that has no name.
            ("x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "x=[redacted]"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[redacted]"),
            // A key that its provider has marked.
            ("x=whsec_MfKQ9r8GKYqrTwjU&y=sk_live_4eC39HqLyjW", "x=[redacted]&y=[redacted]"),
            ("tag=whsec_&y=ghp_short", "tag=whsec_&y=ghp_short"),
            // Words that only look like it.
            ("keyword=x&monkey=x&postcode=x&author=x", "keyword=x&monkey=x&postcode=x&author=x"),
        ] {
            assert_eq!(query(sent), logged, "{sent}");
        }
    }

    #[test]
    fn security_31_security_61_a_path_is_masked_by_its_params_and_its_pairs() {
        for (sent, route, logged) in [
            ("/posts/7", Some("/posts/{id}"), "/posts/7"),
            ("/reset/s3cret", Some("/reset/{token}"), "/reset/[redacted]"),
            ("/api/reset/s3cret/", Some("/reset/{token}"), "/api/reset/[redacted]/"),
            ("//reset//s3cret", Some("/reset/{token}"), "//reset//[redacted]"),
            ("/k/s3cret/s3cret/x", Some("/k/{*apiKey}"), "/k/[redacted]/[redacted]/[redacted]"),
            ("/k", Some("/k/{*apiKey}"), "/k"),
            ("/reset/x", None, "/reset/x"),
            ("/a;jsessionid=s3cret/b", None, "/a;jsessionid=[redacted]/b"),
            ("/a;v=1/b", None, "/a;v=1/b"),
        ] {
            assert_eq!(path(sent, route), logged, "{sent}");
        }
    }

    #[test]
    fn security_61_nothing_breaks_out_of_a_line() {
        for (sent, logged) in [
            ("/a b", "/a%20b"),
            ("/a\r\n2026 INFO fake", "/a%0D%0A2026%20INFO%20fake"),
            ("/\u{1b}[31mred", "/%1B[31mred"),
            ("/\u{85}\u{2028}\u{202e}", "/%C2%85%E2%80%A8%E2%80%AE"),
            ("/ä", "/%C3%A4"),
        ] {
            assert_eq!(path(sent, None), logged, "{sent:?}");
            assert_eq!(query(sent), logged, "{sent:?}");
        }
        assert!(path(&format!("/{}", "x".repeat(100_000)), None).len() < LONGEST + 10);
    }

    #[test]
    fn any_url_is_redacted_without_a_panic() {
        bolero::check!().with_type::<String>().for_each(|text| {
            for logged in [query(text), path(text, Some("/{token}/{*rest}"))] {
                let is_plain = |c: char| c.is_ascii_graphic() || c == '…';
                assert!(logged.chars().all(is_plain), "{logged:?}");
            }
        });
    }
}
