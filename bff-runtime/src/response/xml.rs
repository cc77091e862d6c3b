use std::{borrow::Cow, fmt, io};

use axum::response::{IntoResponse, Response};
use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};

use super::content;

/// An element of an XML document. Whatever a user has written stays text, in elements and in attributes (RH-397).
///
/// ```
/// use bff::response::XmlElement;
///
/// let note = XmlElement::new("note")
///     .attribute("lang", "en")
///     .child(XmlElement::new("to").text("Tom & \"Jerry\""))
///     .child(XmlElement::new("read"));
/// assert_eq!(note.to_string(), "<note lang=\"en\"><to>Tom &amp; &quot;Jerry&quot;</to><read/></note>");
/// ```
///
/// It is a response, `application/xml; charset=utf-8`, and a document for [`xml`](super::xml). Names are literals
/// of the program; a character that a name cannot have becomes `_`. A character that XML 1.0 cannot hold, escaped
/// or not, such as NUL, becomes U+FFFD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlElement {
    name: Cow<'static, str>,
    attributes: Vec<(Cow<'static, str>, String)>,
    /// Written already, so no depth of elements is ever a depth of calls.
    content: Vec<u8>,
}

impl XmlElement {
    /// An empty element.
    pub fn new(name: &'static str) -> Self {
        Self { name: valid_name(name), attributes: Vec::new(), content: Vec::new() }
    }

    /// Sets an attribute, in place of one of that name.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        let (name, value) = (valid_name(name), valid_text(value.as_ref()).into_owned());
        match self.attributes.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name, value)),
        }
        self
    }

    /// Adds text.
    #[must_use]
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        let text = valid_text(text.as_ref());
        written(Writer::new(&mut self.content).write_event(Event::Text(BytesText::new(&text))));
        self
    }

    /// Adds an element.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        child.write_to(&mut self.content);
        self
    }

    /// Adds elements.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().for_each(|child| child.write_to(&mut self.content));
        self
    }

    /// The element as a document: with the declaration in front.
    pub fn document(&self) -> String {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{self}\n")
    }

    fn write_to(&self, out: &mut Vec<u8>) {
        let mut start = BytesStart::new(&*self.name);
        start.extend_attributes(self.attributes.iter().map(|(name, value)| (&**name, &**value)));
        if self.content.is_empty() {
            return written(Writer::new(out).write_event(Event::Empty(start)));
        }
        written(Writer::new(&mut *out).write_event(Event::Start(start)));
        out.extend_from_slice(&self.content);
        written(Writer::new(out).write_event(Event::End(BytesEnd::new(&*self.name))));
    }
}

/// Writing to memory cannot fail.
fn written(result: io::Result<()>) {
    debug_assert!(result.is_ok());
}

/// The name with `_` for what no name has (XML 1.0 section 2.3, in ASCII).
fn valid_name(name: &'static str) -> Cow<'static, str> {
    let start = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':');
    let inside = |c: char| start(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    if name.starts_with(start) && name.chars().all(inside) {
        return name.into();
    }
    let mut valid: String = name.chars().map(|c| if inside(c) { c } else { '_' }).collect();
    if !valid.starts_with(start) {
        valid.insert(0, '_');
    }
    valid.into()
}

/// The text with U+FFFD for what no document has (XML 1.0 section 2.2).
pub(crate) fn valid_text(text: &str) -> Cow<'_, str> {
    let invalid = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(invalid) { text.replace(invalid, "\u{fffd}").into() } else { text.into() }
}

impl fmt::Display for XmlElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::new();
        self.write_to(&mut out);
        f.write_str(&String::from_utf8_lossy(&out))
    }
}

impl From<XmlElement> for Cow<'static, str> {
    fn from(element: XmlElement) -> Self {
        element.document().into()
    }
}

impl IntoResponse for XmlElement {
    fn into_response(self) -> Response {
        content::xml(self)
    }
}

#[cfg(test)]
mod tests;
