use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_path_to_error::{Path, Segment};

/// What a fragment cannot hold as it stands (RFC 3986 section 3.5).
const NOT_IN_A_FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The place of a value as a JSON pointer in a fragment (RFC 6901 section 6); `name` is a field of that place.
pub(super) fn pointer(path: &Path, name: Option<&str>) -> String {
    let mut pointer = "#".to_owned();
    let mut names: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } => Some(key.clone()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    // A field that nobody knows is on the path already.
    if let Some(name) = name.filter(|name| names.last().is_none_or(|last| last != name)) {
        names.push(name.to_owned());
    }
    for name in names {
        let name = name.replace('~', "~0").replace('/', "~1");
        pointer.push('/');
        pointer.extend(utf8_percent_encode(&name, NOT_IN_A_FRAGMENT));
    }
    pointer
}
