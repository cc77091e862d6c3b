use std::fmt;

use http::Uri;

/// A variable that is read when the server starts (CF-04).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name in the environment.
    pub name: &'static str,
    /// What stands for it when it is not set, or empty.
    pub default: Option<&'static str>,
}

impl Variable {
    /// The value in an environment, or the default; `None` when there is neither.
    pub fn read(&self, lookup: impl FnOnce(&str) -> Option<String>) -> Option<String> {
        let value = lookup(self.name);
        match self.default {
            Some(default) => {
                Some(value.filter(|value| !value.is_empty()).unwrap_or_else(|| default.to_owned()))
            }
            None => value,
        }
    }
}

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
    variable: Variable,
    destination: &'static str,
    lookup: impl FnOnce(&str) -> Option<String>,
) -> Result<Base, BadVariable> {
    let wrong = |cause| BadVariable { name: variable.name, destination, cause };
    let value = variable.read(lookup).ok_or_else(|| wrong("is not set"))?;
    if value.is_empty() {
        return match variable.default {
            // `${PREFIX:-}`: nothing is what its author has asked for.
            Some(_) => Ok(Base::default()),
            None => Err(wrong("is empty")),
        };
    }
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
