//! What a cookie must keep to, so that a browser keeps it.
//!
//! Browsers drop what breaks these rules without a word; here it is an error.

use super::{
    CookieError, SameSite,
    attributes::Attributes,
    cookie_error::Kind,
    name::{Prefix, foreign_to_a_token},
    value::encoded_len,
};

/// RFC 6265bis section 5.6: more than this in name and value, and a browser ignores the cookie.
const PAIR: usize = 4096;

/// Section 5.6: a longer attribute is ignored.
pub(super) const ATTRIBUTE: usize = 1024;

/// Everything that a cookie of this program keeps to: the grammar of section 4.1.1, and what browsers take.
pub(super) fn well_formed(
    name: &str,
    value: &str,
    attributes: &Attributes,
) -> Result<(), CookieError> {
    token(name)
        .and_then(|()| attributes.path.as_deref().map_or(Ok(()), path))
        .and_then(|()| attributes.domain.as_deref().map_or(Ok(()), domain))
        .map_err(|kind| CookieError::new(name, kind))?;
    acceptable(name, value, attributes)
}

/// What browsers take, well formed or not.
pub(super) fn acceptable(
    name: &str,
    value: &str,
    attributes: &Attributes,
) -> Result<(), CookieError> {
    size(name, value)
        .and_then(|()| cross_site(attributes))
        .and_then(|()| prefix(name, attributes))
        .map_err(|kind| CookieError::new(name, kind))
}

/// RH-172: a name with a separator would become another cookie or an attribute.
fn token(name: &str) -> Result<(), Kind> {
    match foreign_to_a_token(name) {
        Some(it) => Err(Kind::NameCharacter(it)),
        None if name.is_empty() => Err(Kind::NoName),
        None => Ok(()),
    }
}

/// The length is that of the line, where the value is encoded: that is what a browser counts.
fn size(name: &str, value: &str) -> Result<(), Kind> {
    let octets = name.len() + encoded_len(value);
    if octets > PAIR { Err(Kind::TooLarge { octets }) } else { Ok(()) }
}

/// `path-value = *av-octet` (section 4.1.1). Stricter in three points, in which a browser would not do what
/// was meant: it ignores a path that does not begin with a slash (section 5.6.4), and compares byte by byte
/// with the encoded path of a URL (section 5.1.4), where neither a space nor a letter beyond ASCII occurs.
fn path(path: &str) -> Result<(), Kind> {
    let reason = if !path.starts_with('/') {
        "begins with a slash, or is left out by the empty string"
    } else if path.contains(|it: char| !it.is_ascii_graphic() || it == ';') {
        "is written as in a URL: no space, semicolon, control character or letter beyond ASCII"
    } else if path.len() > ATTRIBUTE {
        return Err(Kind::AttributeTooLong { attribute: "Path", octets: path.len() });
    } else {
        return Ok(());
    };
    Err(Kind::Attribute { attribute: "Path", reason })
}

/// `domain-value = <subdomain>` (section 4.1.1), with the underscore that some hosts have.
fn domain(domain: &str) -> Result<(), Kind> {
    let reason = if domain.is_empty() {
        "is not empty; without it the cookie is for this host alone"
    } else if !domain.is_ascii() {
        "is written in ASCII (`xn--…`)"
    } else if domain
        .contains(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_')))
    {
        "is a host name, without scheme, port and path"
    } else if domain.split('.').any(str::is_empty) {
        // Section 4.1.2.3: a dot at the end makes browsers ignore the attribute.
        "has an empty label"
    } else if domain.len() > ATTRIBUTE {
        return Err(Kind::AttributeTooLong { attribute: "Domain", octets: domain.len() });
    } else {
        return Ok(());
    };
    Err(Kind::Attribute { attribute: "Domain", reason })
}

/// Section 5.7 step 19 (RH-166), and the same for `Partitioned` (draft-cutler-httpbis-partitioned-cookies
/// section 2.1).
fn cross_site(attributes: &Attributes) -> Result<(), Kind> {
    if attributes.secure {
        Ok(())
    } else if attributes.same_site == Some(SameSite::None) {
        Err(Kind::SameSiteNoneNeedsSecure)
    } else if attributes.partitioned {
        Err(Kind::PartitionedNeedsSecure)
    } else {
        Ok(())
    }
}

/// Section 5.7 steps 20 and 21.
fn prefix(name: &str, attributes: &Attributes) -> Result<(), Kind> {
    let Some(prefix) = Prefix::of(name) else {
        return Ok(());
    };
    let rule = if !attributes.secure {
        "needs `Secure`"
    } else if prefix == Prefix::Secure {
        return Ok(());
    } else if attributes.domain.is_some() {
        "has no `Domain`"
    } else if attributes.path.as_deref() != Some("/") {
        "needs `Path=/`"
    } else {
        return Ok(());
    };
    Err(Kind::Prefix { prefix, rule })
}
