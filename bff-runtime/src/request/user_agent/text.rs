/// The version that follows `token` in the text: digits, dots and underscores. `Some("")` when the token is there
/// without one.
pub(super) fn version_after<'a>(text: &'a str, token: &str) -> Option<&'a str> {
    let rest = &text[text.find(token)? + token.len()..];
    let end = rest.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | '_'));
    Some(rest[..end.unwrap_or(rest.len())].trim_matches(['.', '_']))
}

/// As an option: an unknown part is missing, not empty (RH-098).
pub(super) fn known(version: &str) -> Option<&str> {
    Some(version).filter(|version| !version.is_empty())
}

/// The first parenthesis, where most browsers say what they run on.
pub(super) fn platform(text: &str) -> &str {
    let inside = text.split_once('(').map_or("", |(_, rest)| rest);
    inside.split_once(')').map_or(inside, |(inside, _)| inside)
}

/// Whether any of these stands in the text.
pub(super) fn has(text: &str, tokens: &[&str]) -> bool {
    tokens.iter().any(|token| text.contains(token))
}
