use std::fmt;

use super::{
    captures::Captures,
    encode,
    error::Refused,
    piece::{self, Piece},
    query::{self, Added},
    variable::{self, BadVariable, Base, Variable},
};

/// A destination as the build has compiled it.
#[derive(Clone, Copy, Debug)]
pub struct Destination {
    /// As the user wrote it, for logs.
    pub text: &'static str,
    /// What the path belongs to.
    pub origin: Origin,
    /// The path, its literals encoded.
    pub path: &'static [Piece],
    /// The query, pair by pair.
    pub query: &'static [QueryPair],
    /// The fragment, without `#`.
    pub fragment: Option<&'static [Piece]>,
    /// A rewrite whose host and path use no param, so that all of them go into the query (DC-06).
    pub appends: bool,
}

/// The part of a destination before its path.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// None: a path of this app.
    Same,
    /// `https://host:port`.
    Absolute {
        /// `http` or `https`.
        scheme: &'static str,
        /// Host and port.
        authority: &'static [Piece],
    },
    /// A variable that is read when the server starts.
    Variable(Variable),
}

/// One pair of a destination's query.
#[derive(Clone, Copy, Debug)]
pub struct QueryPair {
    /// The decoded name.
    pub name: &'static str,
    /// The encoded name.
    pub written: &'static str,
    /// The value; `None` when there is no `=`.
    pub value: Option<&'static [Piece]>,
}

impl Destination {
    /// Reads the variable, if the destination begins with one; done once, when the server starts (RD-14).
    ///
    /// # Errors
    /// When the variable is not set, or is neither a path nor an `http` or `https` URL.
    pub fn resolve(
        &'static self,
        lookup: impl FnOnce(&str) -> Option<String>,
    ) -> Result<ResolvedDestination, BadVariable> {
        let base = match self.origin {
            Origin::Variable(variable) => variable::base(variable, self.text, lookup)?,
            Origin::Same | Origin::Absolute { .. } => Base::default(),
        };
        Ok(ResolvedDestination { destination: self, base })
    }
}

/// A destination that is ready to be filled.
#[derive(Clone, Debug)]
pub struct ResolvedDestination {
    destination: &'static Destination,
    base: Base,
}

/// Where a request is sent or answered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `https://host:port`; `None` for a path of this app.
    pub origin: Option<String>,
    /// The path, which begins with one slash.
    pub path: String,
    /// The query without `?`.
    pub query: Option<String>,
    /// The fragment without `#`.
    pub fragment: Option<String>,
}

impl ResolvedDestination {
    /// `https://host:port` of a destination whose host is the same for every request; `None` for a path of this
    /// app.
    pub fn origin(&self) -> Option<String> {
        match self.destination.origin {
            Origin::Same => None,
            Origin::Variable(_) => self.base.origin.clone(),
            Origin::Absolute { scheme, authority } => {
                let literals = authority.iter().map(|piece| match piece {
                    Piece::Literal(text) => text,
                    // The build lets no rewrite have one: a client must not choose where a request is sent.
                    Piece::Param { .. } => "",
                });
                Some(format!("{scheme}://{}", literals.collect::<String>()))
            }
        }
    }

    /// True when no captured value stands in it, so that it is the same for every request that has no query and
    /// captures nothing.
    pub fn is_fixed(&self) -> bool {
        let Destination { origin, path, query, fragment, .. } = self.destination;
        let host: &[Piece] = match origin {
            Origin::Absolute { authority, .. } => authority,
            Origin::Same | Origin::Variable(_) => &[],
        };
        let values = query.iter().filter_map(|pair| pair.value).chain(*fragment).flatten();
        host.iter().chain(*path).chain(values).all(|piece| matches!(piece, Piece::Literal(_)))
    }

    /// Puts in what was captured, and the query of the request (DC-05).
    ///
    /// Every value is encoded for its place, so that none adds a segment, a query, a fragment or another host. A
    /// list adds a segment for each of its items, where the template says `*` or `+`.
    ///
    /// # Errors
    /// When a value would make a dot segment, or cannot be a part of a host; the status is 400 (DC-14).
    pub fn fill(&self, captures: &Captures<'_>, received: Option<&str>) -> Result<Target, Refused> {
        let destination = self.destination;
        let origin = match destination.origin {
            Origin::Same => None,
            Origin::Variable(_) => self.base.origin.clone(),
            Origin::Absolute { scheme, authority } => {
                Some(format!("{scheme}://{}", piece::host(authority, captures)?))
            }
        };
        // What is captured is nearly always shorter than what asks for it and a little more.
        let mut path = String::with_capacity(self.base.path.len() + destination.text.len() + 32);
        path.push_str(&self.base.path);
        piece::path(destination.path, captures, &mut path);
        let path = one_slash(path);
        if path.as_bytes().split(|&byte| byte == b'/').any(is_dot_segment) {
            return Err(Refused::DotSegment);
        }
        Ok(Target {
            origin,
            path,
            query: query::merged(received, &self.added(captures)),
            fragment: destination.fragment.map(|pieces| piece::query_value(pieces, captures)),
        })
    }

    fn added(&self, captures: &Captures<'_>) -> Vec<Added<'static>> {
        let own = self.destination.query;
        let mut added: Vec<Added<'static>> = own
            .iter()
            .map(|pair| Added {
                name: pair.name,
                written: match pair.value {
                    Some(pieces) => {
                        format!("{}={}", pair.written, piece::query_value(pieces, captures))
                    }
                    None => pair.written.to_owned(),
                },
            })
            .collect();
        if self.destination.appends {
            for (name, value) in captures.iter() {
                if own.iter().any(|pair| pair.name == name) {
                    continue;
                }
                for item in value.items() {
                    let mut written = format!("{name}=");
                    encode::query_value(item, value.is_encoded(), &mut written);
                    added.push(Added { name, written });
                }
            }
        }
        added
    }
}

impl Target {
    /// True when it is a URL of its own rather than a path of this app.
    pub fn is_absolute(&self) -> bool {
        self.origin.is_some()
    }
}

impl fmt::Display for Target {
    /// The URL, fit for a `Location`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.origin.as_deref().unwrap_or(""))?;
        f.write_str(&self.path)?;
        if let Some(query) = &self.query {
            write!(f, "?{query}")?;
        }
        if let Some(fragment) = &self.fragment {
            write!(f, "#{fragment}")?;
        }
        Ok(())
    }
}

/// The path with a slash at its beginning and never two in a row: `//` would be another host to a browser (DC-08,
/// DC-09).
fn one_slash(path: String) -> String {
    if path.starts_with('/') && !path.as_bytes().windows(2).any(|pair| pair == b"//") {
        return path;
    }
    let mut out = String::with_capacity(path.len() + 1);
    out.push('/');
    for character in path.chars() {
        if character != '/' || !out.ends_with('/') {
            out.push(character);
        }
    }
    out
}

/// RFC 3986 section 3.3, also in escaped form, which clients and upstreams decode (RH-042).
fn is_dot_segment(segment: &[u8]) -> bool {
    let mut dots = 0;
    let mut rest = segment;
    while let [b'.', after @ ..] | [b'%', b'2', b'e' | b'E', after @ ..] = rest {
        dots += 1;
        rest = after;
    }
    rest.is_empty() && matches!(dots, 1 | 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_042_a_dot_segment_is_one_in_any_spelling() {
        for (segment, expected) in [
            ("", false),
            (".", true),
            ("..", true),
            ("...", false),
            ("%2e", true),
            (".%2E", true),
            ("%2e%2e", true),
            ("%2e%2e%2e", false),
            (".a", false),
            ("a.", false),
            ("%2f", false),
            ("%2", false),
        ] {
            assert_eq!(is_dot_segment(segment.as_bytes()), expected, "{segment}");
        }
    }

    #[test]
    fn dc_09_there_is_one_slash_at_a_time() {
        for (path, expected) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/a/b", "/a/b"),
            ("//a///b/", "/a/b/"),
            ("a", "/a"),
        ] {
            assert_eq!(one_slash(path.to_owned()), expected, "{path}");
        }
    }
}
