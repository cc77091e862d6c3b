use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// Named texts: a query, or a form. A name that came several times has a list.
///
/// Serialized, it is an object of strings and arrays.
///
/// ```
/// use bff::pages::Fields;
///
/// let fields = Fields::parse("sort=new&tag=a&tag=b%20c");
/// assert_eq!(fields.get("sort"), Some("new"));
/// assert_eq!(fields.all("tag"), ["a", "b c"]);
/// assert_eq!(fields.get("page"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, Field>);

/// What a name stands for in [`Fields`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Field {
    /// The name came once.
    One(String),
    /// It came several times, or is a catch-all param.
    Many(Vec<String>),
}

impl Field {
    /// The text, or all of them.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

impl Fields {
    /// Parses `application/x-www-form-urlencoded` text, which a query is too (URL standard, section 5.1). Everything
    /// parses: what is no UTF-8 after decoding becomes U+FFFD.
    pub fn parse(text: &str) -> Self {
        let mut fields = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            fields.add(name.into_owned(), value.into_owned());
        }
        fields
    }

    /// The text of this name, the first of several.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    /// All texts of this name, in the order in which they came.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Field::all)
    }

    /// Every name with what it stands for, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Field)> {
        self.0.iter().map(|(name, field)| (&**name, field))
    }

    /// True without any name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A further text of this name.
    fn add(&mut self, name: String, text: String) {
        match self.0.get_mut(&name) {
            None => {
                self.0.insert(name, Field::One(text));
            }
            Some(Field::Many(texts)) => texts.push(text),
            Some(field) => {
                let first = std::mem::replace(field, Field::Many(Vec::new()));
                if let (Field::One(first), Field::Many(texts)) = (first, field) {
                    texts.extend([first, text]);
                }
            }
        }
    }

    /// Makes the name stand for this alone.
    pub(super) fn set(&mut self, name: &str, field: Field) {
        self.0.insert(name.to_owned(), field);
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        let members = fields.0.into_iter().map(|(name, field)| {
            let value = match field {
                Field::One(text) => Self::from(text),
                Field::Many(texts) => Self::from(texts),
            };
            (name, value)
        });
        Self::Object(members.collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn rh_472_rh_477_repeated_names_become_a_list() {
        for (text, expected) in [
            ("", json!({})),
            ("a", json!({ "a": "" })),
            ("a=1&b=2", json!({ "a": "1", "b": "2" })),
            ("a=1&a=2&a=1", json!({ "a": ["1", "2", "1"] })),
            ("a+b=c%20d&%C3%BC=%2B", json!({ "a b": "c d", "ü": "+" })),
            ("a=%ff&&=x", json!({ "a": "\u{fffd}", "": "x" })),
            ("__proto__=1&length=2", json!({ "__proto__": "1", "length": "2" })),
        ] {
            let fields = Fields::parse(text);
            assert_eq!(serde_json::to_value(&fields).expect("texts serialize"), expected, "{text}");
            assert_eq!(Value::from(fields), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_parses(text in "[a=&%+é0-9]{0,24}|\\PC{0,24}") {
            let fields = Fields::parse(&text);
            for (name, field) in fields.iter() {
                prop_assert_eq!(fields.all(name), field.all());
                prop_assert_eq!(fields.get(name), field.all().first().map(String::as_str));
            }
        }
    }
}
