use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::Value;

use crate::request::Pointer;

/// One thing that is wrong with what a client sent: where it is, a code for programs, and words for people.
///
/// ```
/// use bff::valid::Failure;
///
/// let failure = Failure::new("/seats", "range", "there are 40 seats").with("max", 40);
/// assert_eq!(failure.pointer(), "/seats");
/// assert_eq!(failure.code(), "range");
/// assert_eq!(failure.param("max"), Some(&40.into()));
/// ```
///
/// The client is sent `pointer`, `code` and, as `detail`, the message. The parameters are for a
/// [`Wording`](super::Wording).
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pointer: Pointer,
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    params: Vec<(Cow<'static, str>, Value)>,
}

impl Failure {
    /// A failure of the value at a JSON pointer (RFC 6901), which begins at the value that is validated: `/items/0`,
    /// or nothing for the value itself. Without its leading slash it is the name of a field, whatever is in it.
    pub fn new(
        pointer: impl AsRef<str>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let mut at = Pointer::default();
        at.extend(pointer.as_ref());
        Self::at(at, code, message)
    }

    pub(crate) fn at(
        pointer: Pointer,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { pointer, code: code.into(), message: message.into(), params: Vec::new() }
    }

    /// With a parameter of the rule, the `max` of a range for example.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// Where the value is: a JSON pointer from the whole of what was sent.
    pub fn pointer(&self) -> &str {
        self.pointer.as_str()
    }

    /// What is wrong, for programs. [The module](super) has a table of those that do not come from your own rules.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is wrong, for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A parameter of the rule.
    pub fn param(&self, name: &str) -> Option<&Value> {
        self.params().find_map(|(other, value)| (other == name).then_some(value))
    }

    /// All parameters of the rule.
    pub fn params(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.params.iter().map(|(name, value)| (&**name, value))
    }

    pub(super) fn move_to(&mut self, pointer: Pointer) {
        self.pointer = pointer;
    }

    pub(super) fn place(&self) -> &Pointer {
        &self.pointer
    }

    pub(super) fn say(&mut self, message: String) {
        self.message = Cow::Owned(message);
    }

    /// Pointer and message, for those who read text.
    pub(crate) fn line(&self) -> String {
        let separator = if self.pointer.is_root() { "" } else { ": " };
        format!("{}{separator}{}", self.pointer, self.message)
    }
}

/// As it is sent.
impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut failure = serializer.serialize_struct("Failure", 3)?;
        failure.serialize_field("pointer", &self.pointer)?;
        failure.serialize_field("code", &self.code)?;
        failure.serialize_field("detail", &self.message)?;
        failure.end()
    }
}
