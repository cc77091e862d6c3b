use std::fmt;

use crate::{Segment, segment::ParamName};

/// The URL pattern of a route: its segments without groups.
///
/// Displays as axum writes it, `/posts/{id}` and `/files/{*path}`. An optional catch-all displays like a
/// catch-all; [`RoutePattern::axum_patterns`] also has the pattern for the bare folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutePattern {
    segments: Vec<Segment>,
}

impl RoutePattern {
    /// The pattern of a folder path, given as its parsed segments.
    pub fn new(folders: &[Segment]) -> Self {
        Self { segments: folders.iter().filter(|segment| segment.is_in_url()).cloned().collect() }
    }

    /// The segments that a URL path has to match, left to right.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The params with the index of the path segment that each begins at.
    pub fn params(&self) -> impl Iterator<Item = (usize, &Segment, &ParamName)> {
        self.segments
            .iter()
            .enumerate()
            .filter_map(|(index, segment)| Some((index, segment, segment.param()?)))
    }

    /// As a Next.js user writes it: `/posts/[id]`.
    pub fn folder_style(&self) -> String {
        self.render(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Param(name) => format!("[{}]", name.folder),
            Segment::CatchAll(name) => format!("[...{}]", name.folder),
            Segment::OptionalCatchAll(name) => format!("[[...{}]]", name.folder),
            Segment::Group(_) | Segment::Private(_) => String::new(),
        })
    }

    /// The patterns that axum's router needs for this route, one or, for an optional catch-all, two.
    /// Literals are percent-encoded, because axum compares the path as it was sent.
    pub fn axum_patterns(&self) -> Vec<String> {
        let whole = self.render(|segment| match segment {
            Segment::Literal(text) => escape_braces(&percent_encode(text)),
            Segment::Param(name) => format!("{{{}}}", name.argument),
            Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => {
                format!("{{*{}}}", name.argument)
            }
            Segment::Group(_) | Segment::Private(_) => String::new(),
        });
        match self.segments.split_last() {
            Some((Segment::OptionalCatchAll(_), folder)) => {
                let bare = Self { segments: folder.to_vec() }.axum_patterns().remove(0);
                vec![bare, whole]
            }
            _ => vec![whole],
        }
    }

    /// The pattern with every param name left out: two routes of one shape match the same URLs.
    pub fn shape(&self) -> String {
        self.render(|segment| match segment {
            Segment::Literal(text) => format!("={text}"),
            Segment::Param(_) => "[]".to_owned(),
            Segment::CatchAll(_) => "[...]".to_owned(),
            Segment::OptionalCatchAll(_) => "[[...]]".to_owned(),
            Segment::Group(_) | Segment::Private(_) => String::new(),
        })
    }

    /// The URL path itself, decoded, when every segment is a literal.
    pub fn literal_path(&self) -> Option<String> {
        let literals: Option<Vec<&str>> = self
            .segments
            .iter()
            .map(|segment| match segment {
                Segment::Literal(text) => Some(&**text),
                _ => None,
            })
            .collect();
        Some(format!("/{}", literals?.join("/")))
    }

    fn render(&self, part: impl Fn(&Segment) -> String) -> String {
        format!("/{}", self.segments.iter().map(part).collect::<Vec<_>>().join("/"))
    }
}

impl fmt::Display for RoutePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(|segment| match segment {
            Segment::Literal(text) => escape_braces(text),
            Segment::Param(name) => format!("{{{}}}", name.argument),
            Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => {
                format!("{{*{}}}", name.argument)
            }
            Segment::Group(_) | Segment::Private(_) => String::new(),
        }))
    }
}

/// axum reads `{` as the beginning of a param; doubled it is a literal.
fn escape_braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// Percent-encodes what RFC 3986 section 3.3 does not allow in a path segment (`pchar`).
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => encoded.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' | b':' | b'@' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(folder: &str) -> RoutePattern {
        let segments: Vec<Segment> = folder
            .split('/')
            .filter(|name| !name.is_empty())
            .map(|name| Segment::parse(name).expect(name))
            .collect();
        RoutePattern::new(&segments)
    }

    #[test]
    fn rh_012_to_rh_025_a_folder_path_becomes_its_pattern() {
        for (folder, display, axum) in [
            ("", "/", &["/"][..]),
            ("api/posts", "/api/posts", &["/api/posts"]),
            ("api/posts/[id]", "/api/posts/{id}", &["/api/posts/{id}"]),
            ("[org]/[repo-name]", "/{org}/{repo_name}", &["/{org}/{repo_name}"]),
            ("files/[...path]", "/files/{*path}", &["/files/{*path}"]),
            ("shop/[[...filters]]", "/shop/{*filters}", &["/shop", "/shop/{*filters}"]),
            ("[[...all]]", "/{*all}", &["/", "/{*all}"]),
            ("(marketing)/about", "/about", &["/about"]),
            ("(a)/(b)/x/(c)", "/x", &["/x"]),
            ("a b/日本", "/a b/日本", &["/a%20b/%E6%97%A5%E6%9C%AC"]),
            ("%7Bx%7D", "/{{x}}", &["/%7Bx%7D"]),
            ("%5Funder", "/_under", &["/_under"]),
            (".well-known/x.txt", "/.well-known/x.txt", &["/.well-known/x.txt"]),
        ] {
            let pattern = pattern(folder);
            assert_eq!(pattern.to_string(), display, "{folder}");
            assert_eq!(pattern.axum_patterns(), axum, "{folder}");
        }
    }

    #[test]
    fn rh_440_the_shape_of_a_pattern_leaves_out_the_names() {
        assert_eq!(pattern("a/[id]").shape(), pattern("a/[slug]").shape());
        assert_ne!(pattern("a/[id]").shape(), pattern("a/[...id]").shape());
        assert_ne!(pattern("a/[id]").shape(), pattern("a/id").shape());
    }
}
