use std::borrow::Cow;

use axum::body::Bytes;

/// A part of a picture: what [`div`], [`text`](fn@text) and [`img`] make.
#[derive(Clone, Debug)]
#[must_use = "it is a part of a picture"]
pub struct Node {
    pub(super) kind: Kind,
    pub(super) style: Cow<'static, str>,
    /// Itself and all below.
    pub(super) count: usize,
    pub(super) depth: usize,
    /// Bytes of all texts.
    pub(super) length: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Div(Vec<Node>),
    Text(String),
    Img(Bytes),
}

/// How many nodes may be in each other, the first included.
pub(super) const MOST_DEPTH: usize = 32;

/// A box with other nodes in it.
///
/// ```
/// use bff::og::{div, text};
///
/// let card = div([text("one"), text("two")]).style("flex-direction: column; gap: 8px");
/// let empty = div([]).style("height: 4px; background: #f59e0b");
/// ```
pub fn div(children: impl IntoIterator<Item = Node>) -> Node {
    let mut children: Vec<Node> = children.into_iter().collect();
    let all = |what: fn(&Node) -> usize| children.iter().map(what).fold(0, usize::saturating_add);
    let (count, length) = (all(|child| child.count), all(|child| child.length));
    let depth = children.iter().map(|child| child.depth).max().unwrap_or_default() + 1;
    if depth > MOST_DEPTH {
        // It will be refused. Kept, a tree as deep as its maker likes would be too deep to be dropped.
        children = Vec::new();
    }
    Node {
        kind: Kind::Div(children),
        style: Cow::Borrowed(""),
        count: count.saturating_add(1),
        depth,
        length,
    }
}

/// A paragraph, whoever wrote it: there is no markup in it.
///
/// Spaces and line breaks become one space unless its `white-space` says otherwise, and it breaks where its box ends.
pub fn text(text: impl Into<String>) -> Node {
    let text = text.into();
    Node {
        style: Cow::Borrowed(""),
        count: 1,
        depth: 1,
        length: text.len(),
        kind: Kind::Text(text),
    }
}

/// A picture within the picture, from the bytes of a PNG, JPEG or WebP.
///
/// It has its own size, or in proportion the one that its style gives it; `object-fit` says how it gets into a box of
/// other proportions. It is turned as its EXIF data say, and of several frames the first one is drawn.
pub fn img(bytes: impl Into<Bytes>) -> Node {
    let kind = Kind::Img(bytes.into());
    Node { kind, style: Cow::Borrowed(""), count: 1, depth: 1, length: 0 }
}

impl Node {
    /// What it looks like, as declarations of CSS; those of the last call count. [`og`](super) has the list of what
    /// there is.
    ///
    /// A style is a part of the program. A value that others have a say in is checked first: it could be followed by
    /// more declarations.
    pub fn style(mut self, declarations: impl Into<Cow<'static, str>>) -> Self {
        self.style = declarations.into();
        self
    }
}
