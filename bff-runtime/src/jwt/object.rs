use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

/// A JSON object in which no member stands twice.
///
/// Two readers may take another one of two members with the same name, which is how a token means one thing for who
/// checks it and another for who uses it (RFC 7519 section 4, RFC 8725 section 2.4).
pub(super) struct Object(pub(super) Map<String, Value>);

impl Object {
    pub(super) fn parse(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Object, A::Error> {
        let mut object = Map::new();
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a member stands twice"));
            }
        }
        Ok(Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_26_a_member_that_stands_twice_is_refused() {
        for (json, is_read) in [
            (r#"{}"#, true),
            (r#" {"a":1,"b":{"a":1}} "#, true),
            (r#"{"a":1,"a":1}"#, false),
            (r#"{"a":1,"\u0061":2}"#, false),
            (r#"{"a":1}{}"#, false),
            (r#"[]"#, false),
            (r#"null"#, false),
            (r#""#, false),
            (r#"{"a":1e400}"#, false),
        ] {
            assert_eq!(Object::parse(json.as_bytes()).is_some(), is_read, "{json}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(4096), "]".repeat(4096));
        assert!(Object::parse(deep.as_bytes()).is_none());
        assert!(Object::parse(b"{\"a\":\"\xFF\"}").is_none());
    }
}
