use std::fmt::{Display, Write};

use percent_encoding::{AsciiSet, CONTROLS, PercentEncode, utf8_percent_encode};

/// What a path segment cannot hold as it stands (RFC 3986 section 3.3): everything but `pchar`.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An argument of a typed path function: a value of the param's type, or `&str` where that is `String`.
pub trait UrlArgument<T>: Display {}

impl<T: Display> UrlArgument<T> for T {}
impl UrlArgument<String> for &str {}

/// The argument of a typed path function for a catch-all: anything that gives path segments.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of path segments",
    label = "a catch-all takes its segments one by one",
    note = "give anything that iterates over what implements `Display`: `[\"a\", \"b\"]`, `Vec<String>`"
)]
pub trait UrlRest {
    /// The segments, not yet encoded.
    fn segments(self) -> Vec<String>;
}

#[diagnostic::do_not_recommend]
impl<I> UrlRest for I
where
    I: IntoIterator,
    I::Item: Display,
{
    fn segments(self) -> Vec<String> {
        self.into_iter().map(|segment| segment.to_string()).collect()
    }
}

/// The URL path of a route: its literals, already encoded, with a param after each but the last.
pub fn url(literals: &[&str], params: &[&dyn Display]) -> String {
    let mut url = String::new();
    for (index, literal) in literals.iter().enumerate() {
        url.push_str(literal);
        if let Some(param) = params.get(index) {
            push_segment(&mut url, &param.to_string());
        }
    }
    if url.is_empty() {
        url.push('/');
    }
    url
}

/// The URL path of a route that ends in a catch-all.
pub fn url_rest(literals: &[&str], params: &[&dyn Display], rest: Vec<String>) -> String {
    let mut url = url(literals, params);
    if url.ends_with('/') {
        url.pop();
    }
    for segment in rest {
        url.push('/');
        push_segment(&mut url, &segment);
    }
    if url.is_empty() {
        url.push('/');
    }
    url
}

/// A path segment in the spelling that the patterns of a route have.
pub(crate) fn encoded(segment: &str) -> PercentEncode<'_> {
    utf8_percent_encode(segment, SEGMENT)
}

/// A dot segment would be resolved away by every client, so its dots are escaped (RFC 3986 section 5.2.4).
fn push_segment(url: &mut String, segment: &str) {
    if matches!(segment, "." | "..") {
        url.push_str(&segment.replace('.', "%2E"));
    } else {
        // Writing to a string cannot fail.
        let _ = write!(url, "{}", encoded(segment));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_built_from_literals_and_encoded_params() {
        assert_eq!(url(&["/"], &[]), "/");
        assert_eq!(url(&["/posts/", ""], &[&7]), "/posts/7");
        assert_eq!(url(&["/a/", "/b/", "/c"], &[&"x/y", &"ü ?"]), "/a/x%2Fy/b/%C3%BC%20%3F/c");
        assert_eq!(url(&["/", ""], &[&".."]), "/%2E%2E");
        assert_eq!(url_rest(&["/files/"], &[], vec!["a".into(), "b c".into()]), "/files/a/b%20c");
        assert_eq!(url_rest(&["/shop"], &[], Vec::new()), "/shop");
        assert_eq!(url_rest(&["/"], &[], Vec::new()), "/");
    }
}
