use std::borrow::Cow;

/// What a rule has captured of a request, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captures<'a>(Vec<(&'static str, Value<'a>)>);

/// One captured value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A part of the path, percent-encoded as it was received (PP-09).
    Path(&'a str),
    /// Several parts of the path, with this between them (PP-08).
    Paths(&'a str, &'static str),
    /// Something else of the request, decoded.
    Text(Cow<'a, str>),
    /// The values of a query name that stands there more than once, decoded (HM-07).
    Texts(Vec<Cow<'a, str>>),
}

impl<'a> Captures<'a> {
    /// Nothing captured.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// True when nothing was captured.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps a value. Of two with one name the later is used.
    pub(super) fn insert(&mut self, name: &'static str, value: Value<'a>) {
        match self.0.iter_mut().find(|(earlier, _)| *earlier == name) {
            Some((_, earlier)) => *earlier = value,
            None => self.0.push((name, value)),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &Value<'a>)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// A value as text, list items parted by what parted them in the path; for logs and tests.
    ///
    /// ```
    /// use bff::__private::matching::Captures;
    ///
    /// assert_eq!(Captures::new().text("slug"), None);
    /// ```
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(Value::text)
    }
}

impl<'a> Value<'a> {
    /// The whole; of several texts the last (HM-05).
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Path(text) | Self::Paths(text, _) => text,
            Self::Text(text) => text,
            Self::Texts(texts) => texts.last().map_or("", |text| text),
        }
    }

    /// The items, one when it is no list. Empty items are left out: they would be empty segments.
    pub(super) fn items(&self) -> Vec<&str> {
        let mut items: Vec<&str> = match self {
            Self::Path(text) => vec![text],
            Self::Paths(text, separator) if !separator.is_empty() => {
                text.split(separator).collect()
            }
            Self::Paths(text, _) => vec![text],
            Self::Text(text) => vec![text],
            Self::Texts(texts) => texts.iter().map(|text| &**text).collect(),
        };
        items.retain(|item| !item.is_empty());
        items
    }

    /// True for what came from the path, whose escapes are kept.
    pub(super) fn is_encoded(&self) -> bool {
        matches!(self, Self::Path(_) | Self::Paths(..))
    }
}
