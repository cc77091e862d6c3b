use std::{error, fmt, time::SystemTime};

use axum::response::{IntoResponse, Response};

use super::{DateTime, text_line::breaks_its_line};
use crate::{Error, response::text};

/// Whom to tell of a weakness, `text/plain; charset=utf-8` (RFC 9116). It is served at `/.well-known/security.txt`.
///
/// ```
/// use bff::metadata::{InvalidDateTime, SecurityContact, SecurityTxt};
///
/// // app/.well-known/security.txt/route.rs
/// fn security() -> Result<SecurityTxt, InvalidDateTime> {
///     Ok(SecurityTxt::new(SecurityContact::email("security@example.com"), "2027-06-30T00:00:00Z".parse::<bff::metadata::DateTime>()?)
///         .policy("https://example.com/disclosure")
///         .preferred_languages(["en", "de"]))
/// }
/// # assert!(security()?.document()?.starts_with("Contact: mailto:security@example.com\nExpires: 2027-06-30T00:00:00Z\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What the format requires, a contact and an end, is required here. Choose an end less than a year away: a file that
/// has ended must not be used (section 2.5.5), and serving one is a warning in the log.
///
/// # Errors
/// 500, and the log says why, for an address on the web that is not `https` or has a line break or a space in it, and
/// for any other value with one (section 2.4).
#[derive(Clone, Debug)]
#[must_use = "it is the response of a handler"]
pub struct SecurityTxt {
    contacts: Vec<SecurityContact>,
    expires: DateTime,
    fields: Vec<(&'static str, String)>,
    languages: Vec<String>,
}

impl SecurityTxt {
    /// A file with a contact, and the time from when on it must not be used any more.
    pub fn new(contact: SecurityContact, expires: impl Into<DateTime>) -> Self {
        let (fields, languages) = (Vec::new(), Vec::new());
        Self { contacts: vec![contact], expires: expires.into(), fields, languages }
    }

    /// Adds a contact; the one that is liked best comes first.
    pub fn contact(mut self, contact: SecurityContact) -> Self {
        self.contacts.push(contact);
        self
    }

    /// Where there is a key for encrypted messages: `https://…`, `dns:…` or `openpgp4fpr:…`.
    pub fn encryption(self, uri: impl AsRef<str>) -> Self {
        self.field("Encryption", uri.as_ref())
    }

    /// A page that thanks those who have reported something.
    pub fn acknowledgments(self, url: impl AsRef<str>) -> Self {
        self.field("Acknowledgments", url.as_ref())
    }

    /// An address of this file itself.
    pub fn canonical(self, url: impl AsRef<str>) -> Self {
        self.field("Canonical", url.as_ref())
    }

    /// What happens with a report.
    pub fn policy(self, url: impl AsRef<str>) -> Self {
        self.field("Policy", url.as_ref())
    }

    /// Jobs in security.
    pub fn hiring(self, url: impl AsRef<str>) -> Self {
        self.field("Hiring", url.as_ref())
    }

    /// The languages of reports, all as welcome: `en`, `de-AT`. They replace those that were set before.
    pub fn preferred_languages<L: AsRef<str>>(
        mut self,
        languages: impl IntoIterator<Item = L>,
    ) -> Self {
        self.languages = languages.into_iter().map(|it| it.as_ref().to_owned()).collect();
        self
    }

    /// The file as text.
    ///
    /// # Errors
    /// What the format does not allow; see [`SecurityTxt`].
    pub fn document(&self) -> Result<String, InvalidSecurityTxt> {
        let mut out = String::new();
        for SecurityContact(uri) in &self.contacts {
            line(&mut out, "Contact", valid_uri("Contact", uri)?);
        }
        line(&mut out, "Expires", &self.expires.with_time());
        for (name, uri) in &self.fields {
            line(&mut out, name, valid_uri(name, uri)?);
        }
        if !self.languages.is_empty() {
            let is_tag = |tag: &String| {
                !tag.is_empty() && tag.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            };
            if let Some(invalid) = self.languages.iter().find(|tag| !is_tag(tag)) {
                let because = "is no language tag";
                return Err(InvalidSecurityTxt::new("Preferred-Languages", invalid, because));
            }
            line(&mut out, "Preferred-Languages", &self.languages.join(", "));
        }
        Ok(out)
    }

    fn field(mut self, name: &'static str, uri: &str) -> Self {
        self.fields.push((name, uri.to_owned()));
        self
    }
}

fn line(out: &mut String, name: &str, value: &str) {
    out.extend([name, ": ", value, "\n"]);
}

/// A URI; one on the web has to be `https` (section 2.5, in each of the fields).
fn valid_uri<'a>(name: &'static str, uri: &'a str) -> Result<&'a str, InvalidSecurityTxt> {
    let because = if breaks_its_line(uri) || uri.contains(char::is_whitespace) {
        "holds whitespace or a control character"
    } else if !has_scheme(uri) {
        "is no URI"
    } else if uri.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("http:")) {
        "is not https"
    } else {
        return Ok(uri);
    };
    Err(InvalidSecurityTxt::new(name, uri, because))
}

/// RFC 3986 section 3.1, with something after it.
fn has_scheme(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    let inside = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.');
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(inside)
        && !rest.trim_start_matches('/').is_empty()
}

impl IntoResponse for SecurityTxt {
    fn into_response(self) -> Response {
        if self.expires.is_before(SystemTime::now()) {
            tracing::warn!(expired = %self.expires, "security.txt has ended and must not be used");
        }
        match self.document() {
            Ok(document) => text(document),
            Err(error) => Error::from(error).into_response(),
        }
    }
}

/// How to reach those who look after the security of a site (RFC 9116 section 2.5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityContact(String);

impl SecurityContact {
    /// By mail.
    pub fn email(address: impl AsRef<str>) -> Self {
        Self(format!("mailto:{}", address.as_ref()))
    }

    /// By telephone, `+1-201-555-0123`.
    pub fn phone(number: impl AsRef<str>) -> Self {
        Self(format!("tel:{}", number.as_ref()))
    }

    /// By a page, `https://…`.
    pub fn page(url: impl AsRef<str>) -> Self {
        Self(url.as_ref().to_owned())
    }
}

/// Something that a [`SecurityTxt`] cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSecurityTxt {
    field: &'static str,
    value: String,
    because: &'static str,
}

impl InvalidSecurityTxt {
    fn new(field: &'static str, value: &str, because: &'static str) -> Self {
        Self { field, value: value.to_owned(), because }
    }
}

impl fmt::Display for InvalidSecurityTxt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, value, because } = self;
        write!(f, "security.txt: {value:?} in {field} {because}")
    }
}

impl error::Error for InvalidSecurityTxt {}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn file() -> SecurityTxt {
        let expires = SystemTime::UNIX_EPOCH + Duration::from_millis(1_704_164_645_678);
        SecurityTxt::new(SecurityContact::email("security@example.com"), expires)
    }

    #[test]
    fn rfc9116_2_5_every_field_is_written_in_the_order_of_this_file() {
        let file = file()
            .contact(SecurityContact::phone("+1-201-555-0123"))
            .contact(SecurityContact::page("https://example.com/report"))
            .encryption("openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f")
            .acknowledgments("https://example.com/thanks")
            .canonical("https://example.com/.well-known/security.txt")
            .policy("https://example.com/policy")
            .hiring("https://example.com/jobs")
            .preferred_languages(["en", "de-AT"]);
        assert_eq!(
            file.document().unwrap(),
            "Contact: mailto:security@example.com\n\
             Contact: tel:+1-201-555-0123\n\
             Contact: https://example.com/report\n\
             Expires: 2024-01-02T03:04:05.678Z\n\
             Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f\n\
             Acknowledgments: https://example.com/thanks\n\
             Canonical: https://example.com/.well-known/security.txt\n\
             Policy: https://example.com/policy\n\
             Hiring: https://example.com/jobs\n\
             Preferred-Languages: en, de-AT\n"
        );
        let response = file.into_response();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    }

    #[test]
    fn rfc9116_2_4_what_would_say_something_else_is_refused() {
        for (file, expected) in [
            (
                file().policy("http://example.com/"),
                "security.txt: \"http://example.com/\" in Policy is not https",
            ),
            (file().hiring("/jobs"), "security.txt: \"/jobs\" in Hiring is no URI"),
            (
                file().contact(SecurityContact::page("security@example.com")),
                "security.txt: \"security@example.com\" in Contact is no URI",
            ),
            (
                file().contact(SecurityContact::email("")),
                "security.txt: \"mailto:\" in Contact is no URI",
            ),
            (
                file().contact(SecurityContact::email("a@b.c\nCanonical: https://evil.example")),
                "security.txt: \"mailto:a@b.c\\nCanonical: https://evil.example\" in Contact holds whitespace or a \
                 control character",
            ),
            (
                file().preferred_languages(["en", "de\n"]),
                "security.txt: \"de\\n\" in Preferred-Languages is no language tag",
            ),
        ] {
            assert_eq!(file.document().unwrap_err().to_string(), expected);
            assert_eq!(file.into_response().status(), 500);
        }
    }
}
