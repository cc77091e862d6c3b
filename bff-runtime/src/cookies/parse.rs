//! `Set-Cookie` lines as browsers read them (RFC 6265bis section 5.6).

use super::{
    Cookie, CookieError, Priority, SameSite, attributes::Attributes, cookie_error::Kind, date,
    name::is_control, rules, value::decoded,
};

/// Name, value and attributes of a line; whether they go together is not looked at.
pub(super) fn set_cookie(line: &[u8]) -> Result<Cookie, CookieError> {
    // Steps 2 and 3.
    let mut parts = line.split(|it| *it == b';');
    let pair = parts.next().unwrap_or_default();
    // A cookie without a name exists in browsers, but nobody could ask for it.
    let (name, value) = split_at_equals(pair).unwrap_or((b"", pair));
    // Step 4 of the first algorithm. The value is decoded after it, so an encoded space stays.
    let name = String::from_utf8_lossy(trimmed(name)).into_owned();
    let value = decoded(trimmed(value)).into_owned();
    // Step 1.
    if line.iter().any(|it| is_control(char::from(*it))) {
        return Err(CookieError::new(&name, Kind::ControlCharacter));
    }
    if name.is_empty() {
        return Err(CookieError::new(&name, Kind::NoName));
    }
    let mut attributes = Attributes::NONE;
    for attribute in parts {
        // Steps 4 and 5 of the second algorithm.
        let (attribute, value) = split_at_equals(attribute).unwrap_or((attribute, b""));
        let (attribute, value) = (trimmed(attribute), trimmed(value));
        // Step 6.
        let value = String::from_utf8_lossy(value);
        if value.len() <= rules::ATTRIBUTE {
            read(&mut attributes, attribute, &value);
        }
    }
    Ok(Cookie { name, value, attributes })
}

/// One attribute. What comes later replaces what came earlier; what cannot be read changes nothing.
fn read(attributes: &mut Attributes, attribute: &[u8], value: &str) {
    match attribute.to_ascii_lowercase().as_slice() {
        // Section 5.6.1.
        b"expires" => attributes.expires = date::parsed(value).or(attributes.expires),
        // Section 5.6.2.
        b"max-age" => attributes.max_age = seconds(value).or(attributes.max_age),
        // Section 5.6.3, and section 5.7 step 10: an empty one makes the cookie one of this host alone.
        b"domain" => {
            // One dot is what the step takes away; with more of them no host would match.
            let domain = value.trim_start_matches(['.', ' ', '\t']);
            attributes.domain = Some(domain.to_ascii_lowercase()).filter(|it| !it.is_empty());
        }
        // Section 5.6.4: what is no path stands for the default one.
        b"path" => attributes.path = Some(value.to_owned()).filter(|it| it.starts_with('/')),
        // Sections 5.6.5 and 5.6.6: whatever the value.
        b"secure" => attributes.secure = true,
        b"httponly" => attributes.http_only = true,
        // Section 5.6.7: what is unknown stands for the default.
        b"samesite" => attributes.same_site = SameSite::parse(value),
        b"partitioned" => attributes.partitioned = true,
        b"priority" => attributes.priority = Priority::parse(value).or(attributes.priority),
        // Section 4.1.2: the cookie counts without what is unknown.
        _ => {}
    }
}

/// Section 5.6.2 steps 1 to 4. A number too large to be one is as good as the largest.
fn seconds(value: &str) -> Option<i64> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let limit = if value.starts_with('-') { i64::MIN } else { i64::MAX };
    Some(value.parse().unwrap_or(limit))
}

fn split_at_equals(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|it| *it == b'=')?;
    Some((&text[..at], &text[at + 1..]))
}

/// Without `WSP`, which is space and tab (RFC 5234 appendix B.1).
fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}
