use std::fmt;

use http::Uri;

/// A variable of a destination that cannot be used, told when the server starts.
///
/// It does not hold the value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadVariable {
    name: &'static str,
    destination: &'static str,
    cause: &'static str,
}

impl fmt::Display for BadVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, destination, cause } = self;
        write!(f, "the variable `{name}` of the destination `{destination}` {cause}")
    }
}

impl std::error::Error for BadVariable {}

/// What a variable stands for: an origin, and the beginning of a path without a slash at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Base {
    /// `https://host:port`, lower case; `None` for a path of this app.
    pub(super) origin: Option<String>,
    pub(super) path: String,
}

/// Reads `https://host/base` or `/base`.
pub(super) fn base(
    name: &'static str,
    destination: &'static str,
    value: Option<String>,
) -> Result<Base, BadVariable> {
    let wrong = |cause| BadVariable { name, destination, cause };
    let value = value.ok_or_else(|| wrong("is not set"))?;
    let uri: Uri = value.trim().parse().map_err(|_| wrong("is neither a URL nor a path"))?;
    if uri.query().is_some() || value.contains('#') {
        return Err(wrong("holds a query or a fragment"));
    }
    let origin = match (uri.scheme_str(), uri.authority()) {
        (None, None) => None,
        (Some(scheme @ ("http" | "https")), Some(authority)) => {
            let authority = authority.as_str();
            if authority.contains('@') {
                return Err(wrong("holds credentials"));
            }
            Some(format!("{scheme}://{}", authority.to_ascii_lowercase()))
        }
        _ => return Err(wrong("is not an `http` or `https` URL, nor a path that begins with `/`")),
    };
    let path = uri.path();
    if !path.starts_with('/') || path.starts_with("//") || path.contains('\\') || !path.is_ascii() {
        return Err(wrong("holds a path that cannot be used as it is"));
    }
    Ok(Base { origin, path: path.trim_end_matches('/').to_owned() })
}
