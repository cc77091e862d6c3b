use http::{HeaderName, HeaderValue};

use super::{captures::Captures, encode, error::Refused, piece, piece::Piece};

/// A configured header as the build has compiled it (HD-03).
#[derive(Clone, Copy, Debug)]
pub struct HeaderTemplate {
    /// The name.
    pub name: &'static [Piece],
    /// The value.
    pub value: &'static [Piece],
}

impl HeaderTemplate {
    /// True when it is the same for every request, so that it can be filled once.
    pub fn is_fixed(&self) -> bool {
        self.name.iter().chain(self.value).all(|piece| matches!(piece, Piece::Literal(_)))
    }

    /// The header for what was captured. Anything in it but printable ASCII is escaped, so that no value ends the
    /// header.
    ///
    /// # Errors
    /// When a captured value cannot be a part of the name.
    pub fn fill(&self, captures: &Captures<'_>) -> Result<(HeaderName, HeaderValue), Refused> {
        let name = piece::text(self.name, captures);
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Refused::HeaderName)?;
        let mut value = String::new();
        encode::header_value(&piece::text(self.value, captures), &mut value);
        // Printable ASCII is a header value always.
        let value = HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static(""));
        Ok((name, value))
    }
}
