//! XML in lines, as the specification has it for sitemaps (MDS-03). [`XmlElement`](crate::response::XmlElement) writes
//! elements one after the other, and for a map of 50,000 entries it would allocate a million times; the escapes of both
//! are those of `quick-xml`.

use std::borrow::Cow;

use quick_xml::escape::escape;

use crate::response::valid_text;

/// The first line of a document.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes `<name>text</name>` on a line of its own.
pub(super) fn line(out: &mut String, name: &str, text: &str) {
    line_with(out, name, None, text);
}

/// Writes `<name attribute="value">text</name>` on a line of its own.
pub(super) fn line_with(out: &mut String, name: &str, attribute: Option<(&str, &str)>, text: &str) {
    out.push('<');
    out.push_str(name);
    if let Some((attribute, value)) = attribute {
        out.extend([" ", attribute, "=\"", &in_attribute(value), "\""]);
    }
    out.extend([">", &escape(valid_text(text)), "</", name, ">\n"]);
}

/// Text for an attribute in double quotes. Parsers turn the whitespace of an attribute into spaces unless it is
/// escaped (XML 1.0 section 3.3.3).
pub(super) fn in_attribute(value: &str) -> Cow<'_, str> {
    let escaped = escape(valid_text(value));
    if escaped.contains(['\t', '\n']) {
        escaped.replace('\t', "&#9;").replace('\n', "&#10;").into()
    } else {
        escaped
    }
}
