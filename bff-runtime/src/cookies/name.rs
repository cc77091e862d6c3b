//! The names of cookies.

/// A name that a browser takes for a promise about the attributes (RFC 6265bis section 4.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    Secure,
    Host,
}

impl Prefix {
    /// Section 5.4: without regard to case, because servers exist that read names that way.
    pub(super) fn of(name: &str) -> Option<Self> {
        [Self::Secure, Self::Host].into_iter().find(|it| {
            let prefix = it.as_str();
            name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        })
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Secure => "__Secure-",
            Self::Host => "__Host-",
        }
    }
}

/// The first character that a name may not have, when there is one (RH-172).
///
/// Section 4.1.1: `cookie-name = token`, and RFC 9110 section 5.6.2 has the characters of a token.
pub(super) fn foreign_to_a_token(name: &str) -> Option<char> {
    name.chars().find(|it| !(it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(*it)))
}

/// Whether a browser can hold a cookie of this name at all (section 5.6): it takes more than tokens, because
/// servers send more, but nothing that ends a name or a line.
pub(super) fn is_storable(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|it: char| matches!(it, ';' | '=') || is_control(it))
        && name == name.trim_matches([' ', '\t'])
}

/// Section 5.6 step 1: the tab is white space there, not a control character.
pub(super) fn is_control(it: char) -> bool {
    it.is_ascii_control() && it != '\t'
}
