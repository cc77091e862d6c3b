use std::borrow::Cow;

use form_urlencoded::Parse;
use serde::de::DeserializeOwned;

use crate::{Result, request::query, valid::Words};

/// The names and values of a query in their order, decoded as `application/x-www-form-urlencoded` has it
/// (RH-129): `+` is a space, an escape is decoded once, and octets that are no UTF-8 become U+FFFD.
///
/// Nothing is decoded before it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct QueryPairs<'a>(&'a str);

impl<'a> QueryPairs<'a> {
    pub(crate) fn new(query: &'a str) -> Self {
        Self(query)
    }

    /// The first value of this name; an empty one is `Some("")`.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.get_all(name).next()
    }

    /// Every value of this name.
    pub fn get_all(self, name: &str) -> impl Iterator<Item = Cow<'a, str>> {
        self.iter().filter_map(move |(found, value)| (found == name).then_some(value))
    }

    /// Whether there is a parameter of this name.
    pub fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Every name with its value.
    pub fn iter(self) -> Parse<'a> {
        form_urlencoded::parse(self.0.as_bytes())
    }

    /// All of it as a type of one's own, as the extractor [`Query`](crate::Query) does.
    ///
    /// # Errors
    /// 400, see [`Query`](crate::Query). A [`Wording`](crate::valid::Wording) is not asked: a URL knows no app.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T> {
        query::parse(self.0, &Words::default())
    }
}

impl<'a> IntoIterator for QueryPairs<'a> {
    type Item = (Cow<'a, str>, Cow<'a, str>);
    type IntoIter = Parse<'a>;

    fn into_iter(self) -> Parse<'a> {
        self.iter()
    }
}
