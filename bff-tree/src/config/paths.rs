use crate::{
    RoutePattern, Segment,
    path_pattern::{Captured, Destination, Part, PathPattern, Piece, Shape},
};

/// A set of paths that can be compared with others: segments, and what may follow them.
///
/// A slash at the end makes no difference, as in a source (PP-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paths {
    /// Encoded text, or `None` for any segment.
    segments: Vec<Option<String>>,
    more: More,
}

/// How many segments may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum More {
    None,
    One,
    Any,
}

impl Paths {
    /// The paths of a source; `None` where a segment is matched in part, or by an expression.
    pub(super) fn of_source(source: &PathPattern) -> Option<Self> {
        let parts = match source.shape() {
            Shape::Literal(text) => &vec![Part::Literal(text.clone())],
            Shape::Segments(parts) => parts,
            Shape::Regex { .. } | Shape::Backtracking(_) => return None,
        };
        let mut paths = Builder::default();
        for part in parts {
            match part {
                Part::Literal(text) => paths.text(text),
                Part::Param => paths.any()?,
                Part::Optional => paths.more(More::One)?,
                Part::Any => paths.more(More::Any)?,
                Part::Some => {
                    paths.text("/");
                    paths.any()?;
                    paths.more(More::Any)?;
                }
            }
        }
        // `/old/` as a source is not `/old`.
        let ends_in_slash =
            matches!(source.shape(), Shape::Literal(text) if text.len() > 1 && text.ends_with('/'));
        if ends_in_slash { None } else { paths.finish() }
    }

    /// The paths that a destination of the app can have; `None` where a param is a part of a segment.
    pub(super) fn of_destination(destination: &Destination, captured: &[Captured]) -> Option<Self> {
        let mut paths = Builder::default();
        for piece in &destination.path {
            let (name, prefix, suffix, list) = match piece {
                Piece::Literal(text) => {
                    paths.text(text);
                    continue;
                }
                Piece::Param { name, prefix, suffix, list } => (name, prefix, suffix, *list),
            };
            let known = captured.iter().find(|known| known.name == *name)?;
            if !suffix.is_empty() || !matches!(&**prefix, "" | "/") {
                return None;
            }
            match (known.optional, list && (known.list || known.slashes)) {
                (false, several) => {
                    paths.text(prefix);
                    paths.any()?;
                    if several {
                        paths.more(More::Any)?;
                    }
                }
                (true, _) if prefix.is_empty() => return None,
                (true, several) => paths.more(if several { More::Any } else { More::One })?,
            }
        }
        paths.finish()
    }

    /// The paths of a route.
    pub(super) fn of_route(route: &RoutePattern) -> Self {
        let mut segments = Vec::new();
        let mut more = More::None;
        for segment in route.segments() {
            match segment {
                // Its text is decoded, and texts are compared decoded.
                Segment::Literal(text) => segments.push(Some(text.replace('%', "%25"))),
                Segment::Param(_) => segments.push(None),
                Segment::CatchAll(_) => {
                    segments.push(None);
                    more = More::Any;
                }
                Segment::OptionalCatchAll(_) => more = More::Any,
                Segment::Group(_) | Segment::Private(_) => {}
            }
        }
        Self { segments, more }
    }

    /// The path of a file below `public/`.
    pub(super) fn of_file(file: &str) -> Self {
        let segments = file.split('/').map(|name| Some(name.replace('%', "%25"))).collect();
        Self { segments, more: More::None }
    }

    /// True when every one of `others` is one of these.
    pub(super) fn cover(&self, others: &Self) -> bool {
        let pairs = self.segments.iter().zip(&others.segments);
        if !pairs.clone().all(|(own, other)| own.is_none() || own == other) {
            return false;
        }
        let Some(further) = others.segments.len().checked_sub(self.segments.len()) else {
            return false;
        };
        match self.more {
            More::None => further == 0 && others.more == More::None,
            More::One if further == 0 => others.more != More::Any,
            More::One => further == 1 && others.more == More::None,
            More::Any => true,
        }
    }

    /// True when one of `others` may be one of these, also where they differ in what they escape.
    pub(super) fn meet(&self, others: &Self) -> bool {
        let alike = |own: &Option<String>, other: &Option<String>| match (own, other) {
            (Some(own), Some(other)) => decoded(own) == decoded(other),
            _ => true,
        };
        let mut pairs = self.segments.iter().zip(&others.segments);
        pairs.all(|(own, other)| alike(own, other))
            && self.reaches(others.segments.len())
            && others.reaches(self.segments.len())
    }

    /// True when one of these has at least so many segments.
    fn reaches(&self, count: usize) -> bool {
        match self.more {
            More::None => self.segments.len() >= count,
            More::One => self.segments.len() + 1 >= count,
            More::Any => true,
        }
    }
}

/// The bytes that a text with escapes stands for.
fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        let octet = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(octet.unwrap_or(byte));
        at += if octet.is_some() { 3 } else { 1 };
    }
    decoded
}

/// Text with `None` for a segment of any text.
#[derive(Default)]
struct Builder {
    signs: Vec<Option<String>>,
    more: Option<More>,
    /// Something stands after what may be absent, so that nothing can be said.
    unclear: bool,
}

impl Builder {
    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.unclear |= self.more.is_some();
            self.signs.push(Some(text.to_owned()));
        }
    }

    /// A whole segment follows, so a slash must be before it.
    fn any(&mut self) -> Option<()> {
        let parted = matches!(self.signs.last(), Some(Some(text)) if text.ends_with('/'));
        self.signs.push(None);
        (parted && self.more.is_none()).then_some(())
    }

    fn more(&mut self, more: More) -> Option<()> {
        self.more.replace(more).is_none().then_some(())
    }

    fn finish(self) -> Option<Paths> {
        if self.unclear {
            return None;
        }
        // No text holds a NUL, which a path has in escaped form only.
        let text: String = self.signs.iter().map(|sign| sign.as_deref().unwrap_or("\0")).collect();
        let inner = text.trim_end_matches('/').strip_prefix('/');
        let segments = inner.map_or_else(Vec::new, |inner| inner.split('/').collect());
        let segments = segments.into_iter().map(|segment| match segment {
            "\0" => Some(None),
            "" => None,
            text if text.contains('\0') => None,
            text => Some(Some(text.to_owned())),
        });
        Some(Paths {
            segments: segments.collect::<Option<_>>()?,
            more: self.more.unwrap_or(More::None),
        })
    }
}
