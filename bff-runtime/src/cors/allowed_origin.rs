use std::fmt;

/// An origin that a policy lists, in the spelling of browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowedOrigin {
    /// `https://app.example.com`.
    Exact(&'static str),
    /// `https://*.example.com`: every subdomain, at any depth, and not the domain itself.
    Subdomains {
        /// What stands before the star: `https://`.
        scheme: &'static str,
        /// What stands after it: `.example.com`, `.example.com:8443`.
        domain: &'static str,
    },
}

/// The longest name that DNS can have (RFC 1035 section 2.3.4).
const LONGEST: usize = 253;

impl AllowedOrigin {
    /// True for the bytes of an `Origin` header that are this origin, or one of these.
    pub(crate) fn allows(&self, origin: &[u8]) -> bool {
        match *self {
            Self::Exact(text) => origin == text.as_bytes(),
            Self::Subdomains { scheme, domain } => origin
                .strip_prefix(scheme.as_bytes())
                .and_then(|host| host.strip_suffix(domain.as_bytes()))
                .is_some_and(|labels| are_labels(labels) && labels.len() + domain.len() <= LONGEST),
        }
    }
}

/// Labels with dots between them, in lower case: nothing that could end the host or stand before it.
fn are_labels(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'.').all(|label| {
        let in_a_name = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        !label.is_empty() && label.iter().all(in_a_name)
    })
}

/// As it is written in a policy.
impl fmt::Display for AllowedOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(text) => f.write_str(text),
            Self::Subdomains { scheme, domain } => write!(f, "{scheme}*{domain}"),
        }
    }
}
