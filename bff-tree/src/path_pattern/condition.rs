use super::{
    js_regex::{Groups, Node},
    mistake::PatternMistake,
    pattern::{Captured, too_long},
};
use crate::{Code, suggest};

/// Where a condition looks (MT-04, HM-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A header of the request, by name in any case.
    Header,
    /// A cookie, by its exact name.
    Cookie,
    /// The decoded query, by the exact name.
    Query,
    /// The host that was asked for, without port, in lower case.
    Host,
}

impl Place {
    /// The place with this name, `header`, `cookie`, `query` or `host`.
    ///
    /// # Errors
    /// What to write instead, a phrase.
    pub fn named(name: &str) -> Result<Self, String> {
        match name {
            "header" => Ok(Self::Header),
            "cookie" => Ok(Self::Cookie),
            "query" => Ok(Self::Query),
            "host" => Ok(Self::Host),
            _ => Err(match suggest::nearest(name, ["header", "cookie", "query", "host"]) {
                Some(nearest) => format!("did you mean `\"{nearest}\"`?"),
                None => "write `\"header\"`, `\"cookie\"`, `\"query\"` or `\"host\"`".to_owned(),
            }),
        }
    }
}

/// One entry of `has` or `missing`.
///
/// ```
/// use bff_tree::path_pattern::{Condition, Place};
///
/// let page = Condition::new(Place::Query, Some("page"), Some("(?<pg>h.*)"), false)?;
/// assert_eq!(page.captured()[0].name, "pg");
/// # Ok::<(), bff_tree::path_pattern::PatternMistake>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Where it looks.
    pub place: Place,
    /// The name it looks for; a header's in lower case, empty for the host.
    pub key: String,
    /// What it asks of the value.
    pub test: ConditionTest,
    /// The name under which the whole value is captured, if it is (HM-07).
    pub capture: Option<String>,
}

/// What a condition asks of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionTest {
    /// That it is there, even if empty (`present = true`).
    Present,
    /// That it is there and not empty (HM-03).
    NotEmpty,
    /// That all of it matches (HM-04).
    Value(ConditionValue),
}

/// How a value is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionValue {
    /// It is this text.
    Literal(String),
    /// It matches this expression, which is anchored at both ends.
    Regex {
        /// For `regex`, or for `fancy-regex` where it has look-around.
        regex: String,
        /// It has look-around, and is matched by trying.
        backtracking: bool,
        /// The names of its groups, in order, and whether each may be absent.
        groups: Vec<(String, bool)>,
    },
}

impl Condition {
    /// Checks an entry: `key` is required but for the host, which requires `value` (MT-04, VA-11).
    ///
    /// # Errors
    /// The first mistake. Its place is in `key` for [`Code::ConditionKey`], in `value` for any other code.
    pub fn new(
        place: Place,
        key: Option<&str>,
        value: Option<&str>,
        present: bool,
    ) -> Result<Self, PatternMistake> {
        let key = checked_key(place, key, value)?;
        if present && value.is_some() {
            return Err(wrong_key(
                &key,
                "`present` and `value` ask for two things",
                "keep one of them",
            ));
        }
        let test = match value {
            Some(value) => ConditionTest::Value(ConditionValue::parse(value, place)?),
            None if present => ConditionTest::Present,
            None => ConditionTest::NotEmpty,
        };
        let capture = match &test {
            // A value that may be empty would make an empty segment.
            ConditionTest::Present => None,
            ConditionTest::NotEmpty => Some(capture_name(&key)).filter(|name| !name.is_empty()),
            ConditionTest::Value(value) => {
                (place == Place::Host && value.has_no_group()).then(|| "host".to_owned())
            }
        };
        Ok(Self { place, key, test, capture })
    }

    /// What it captures when it stands in `has`; one in `missing` captures nothing.
    pub fn captured(&self) -> Vec<Captured> {
        let one = |name: &str, optional| Captured {
            name: name.to_owned(),
            list: false,
            slashes: false,
            optional,
        };
        match &self.test {
            ConditionTest::Value(ConditionValue::Regex { groups, .. }) if !groups.is_empty() => {
                groups.iter().map(|(name, optional)| one(name, *optional)).collect()
            }
            _ => self.capture.iter().map(|name| one(name, false)).collect(),
        }
    }
}

impl ConditionValue {
    fn parse(text: &str, place: Place) -> Result<Self, PatternMistake> {
        too_long(text.chars().count(), text)?;
        let node = Node::parse(text, Groups::Named)
            .map_err(|mistake| PatternMistake::in_regex(mistake, 0))?;
        if let Some(literal) = node.as_text() {
            if place == Place::Host && literal.bytes().any(|byte| byte.is_ascii_uppercase()) {
                return Err(PatternMistake::new(
                    Code::PatternRegex,
                    0..text.len(),
                    "a host is compared in lower case, so this never matches",
                    format!("write `{}`", text.to_ascii_lowercase()),
                ));
            }
            return Ok(Self::Literal(literal));
        }
        let groups = node.names().into_iter().map(|(name, optional)| (name.to_owned(), optional));
        let groups = groups.collect();
        let whole = Node::Concat(vec![Node::Start, Node::Group(Box::new(node)), Node::End]);
        let regex = whole.to_regex(false);
        too_long(regex.chars().count(), text)?;
        Ok(Self::Regex { regex, backtracking: whole.has_look_around(), groups })
    }

    fn has_no_group(&self) -> bool {
        !matches!(self, Self::Regex { groups, .. } if !groups.is_empty())
    }
}

fn checked_key(
    place: Place,
    key: Option<&str>,
    value: Option<&str>,
) -> Result<String, PatternMistake> {
    match (place, key) {
        (Place::Host, Some(key)) => Err(wrong_key(key, "a host has no key", "remove the key")),
        (Place::Host, None) if value.is_none() => Err(wrong_key(
            "",
            "a condition on the host needs a value",
            "add `value = \"example.com\"`",
        )),
        (Place::Host, None) => Ok(String::new()),
        (_, None | Some("")) => Err(wrong_key(
            "",
            "the condition has no key",
            "name the header, cookie or query it is about",
        )),
        (Place::Query, Some(key)) => Ok(key.to_owned()),
        (Place::Header | Place::Cookie, Some(key)) => {
            // RFC 9110 section 5.1 and RFC 6265 section 4.1.1: both names are tokens.
            if !key.bytes().all(is_token) {
                return Err(wrong_key(
                    key,
                    "no header or cookie can have this name",
                    "use letters, digits and `!#$%&'*+-.^_`|~`",
                ));
            }
            Ok(if place == Place::Header { key.to_ascii_lowercase() } else { key.to_owned() })
        }
    }
}

fn wrong_key(key: &str, message: &str, help: &str) -> PatternMistake {
    PatternMistake::new(Code::ConditionKey, 0..key.len(), message, help)
}

pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// HM-07: the key without anything but letters.
fn capture_name(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphabetic).collect()
}
