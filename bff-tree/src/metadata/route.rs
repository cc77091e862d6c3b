use super::{ImageArgs, MetadataKind, MetadataName};
use crate::{RoutePattern, Segment, segment::ParamName};

/// The name of the argument that says which of several is wanted.
pub(crate) const ID: &str = "id";

/// What the route of a metadata file serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// What it is about.
    pub kind: MetadataKind,
    /// Where it is had from.
    pub form: MetadataForm,
    /// Its type, where the response does not say otherwise.
    pub content_type: String,
    /// Size and text of an image, as far as they are known.
    pub image: ImageArgs,
    /// The file that the text is from.
    pub alt_file: Option<String>,
}

/// Where a route of a metadata file has its response from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataForm {
    /// The file itself.
    File,
    /// A function.
    Function,
    /// A function, for each of the ids that another one lists.
    Each,
    /// Those ids, as an index of sitemaps (MDS-09).
    Index,
}

/// The pattern of a metadata file in this folder; `each` for one of several, with the id behind it.
pub fn metadata_pattern(folder: &RoutePattern, name: &MetadataName, each: bool) -> RoutePattern {
    let mut segments = folder.segments().to_vec();
    if each {
        segments.push(Segment::Literal(name.stem.clone()));
        segments.push(Segment::Param(ParamName { folder: ID.to_owned(), argument: ID.to_owned() }));
    } else {
        segments.push(Segment::Literal(name.url_name()));
    }
    RoutePattern::new(&segments)
}
