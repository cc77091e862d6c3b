//! garde's rules. Its reports have a path and a message; the codes and parameters are learnt from garde's hook for
//! translations, which is told which rule speaks.

use std::{borrow::Cow, cell::Cell, fmt::Display};

use garde::{
    error::Kind,
    i18n::{
        DefaultI18n, I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl, IpKind,
        with_i18n,
    },
};
use serde_json::{Number, Value};

use super::{Failure, Failures};
use crate::request::Pointer;

pub(super) fn validate<T: garde::Validate>(
    value: &T,
    context: &T::Context,
    failures: &mut Failures,
) {
    let said = Listening::start();
    if let Err(report) = with_i18n(Codes, || value.validate_with(context)) {
        said.report(report, failures);
    }
}

/// An error for garde's `custom` rule, with a code; without one the code is `custom`.
///
/// ```
/// use bff::valid::custom;
///
/// #[derive(serde::Deserialize, garde::Validate)]
/// struct SignUp {
///     #[garde(custom(not_reserved))]
///     name: String,
/// }
///
/// fn not_reserved(name: &str, _: &()) -> garde::Result {
///     if name == "admin" {
///         return Err(custom("reserved", "this name is reserved"));
///     }
///     Ok(())
/// }
/// ```
pub fn custom(code: impl Into<Cow<'static, str>>, message: impl Display) -> garde::Error {
    let message = message.to_string();
    listen(|| Said { message: message.clone(), code: code.into(), params: Vec::new() });
    garde::Error::new(message)
}

/// What a rule said, and which one it was.
struct Said {
    message: String,
    code: Cow<'static, str>,
    params: Vec<(&'static str, Value)>,
}

thread_local! {
    /// What the rules say while a value is validated. A rule that is content says nothing, and an empty list takes no
    /// memory.
    static SAID: Cell<Option<Vec<Said>>> = const { Cell::new(None) };
}

/// A client is told of fewer, and rules are heard in the order in which they are reported. Some are heard that are not
/// reported: those of an error that another rule has caught.
const HEARD: usize = 1000;

fn listen(said: impl FnOnce() -> Said) {
    if let Some(mut all) = SAID.take() {
        if all.len() < HEARD {
            all.push(said());
        }
        SAID.set(Some(all));
    }
}

/// The time during which a value is validated; what was heard before it comes back after it.
struct Listening(Option<Vec<Said>>);

impl Listening {
    fn start() -> Self {
        Self(SAID.replace(Some(Vec::new())))
    }

    #[cold]
    fn report(&self, report: garde::Report, failures: &mut Failures) {
        let said = SAID.take().unwrap_or_default();
        for (path, error) in report.into_inner() {
            failures.add_with(|| {
                let rule = said.iter().find(|said| said.message == error.message());
                let code = rule.map_or(Cow::Borrowed("custom"), |rule| rule.code.clone());
                let failure = Failure::at(pointer(&path), code, error.message().to_owned());
                let params = rule.into_iter().flat_map(|rule| &rule.params);
                params.fold(failure, |failure, (name, value)| failure.with(*name, value.clone()))
            });
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        SAID.set(self.0.take());
    }
}

/// What garde's own `select!` reads a path with. The text of a path would not do: a key of a map may have a dot in it.
fn pointer(path: &garde::Path) -> Pointer {
    let mut pointer = Pointer::default();
    for (kind, step) in path.__iter().rev() {
        if !matches!(kind, Kind::None) {
            pointer.push(step);
        }
    }
    pointer
}

/// garde's own words, noted down with the code of the rule.
struct Codes;

fn say<const N: usize>(
    code: &'static str,
    message: Cow<'static, str>,
    params: [(&'static str, Value); N],
) -> Cow<'static, str> {
    listen(|| Said {
        message: message.clone().into_owned(),
        code: code.into(),
        params: params.into(),
    });
    message
}

/// A bound, as a number where it is one.
fn bound(bound: &dyn Display) -> Value {
    let text = bound.to_string();
    text.parse::<Number>().map_or(Value::String(text), Value::Number)
}

fn text(text: impl Display) -> Value {
    Value::String(text.to_string())
}

impl I18n for Codes {
    fn length_lower_than(&self, min: usize) -> Cow<'static, str> {
        say("length", DefaultI18n.length_lower_than(min), [("min", min.into())])
    }

    fn length_greater_than(&self, max: usize) -> Cow<'static, str> {
        say("length", DefaultI18n.length_greater_than(max), [("max", max.into())])
    }

    fn range_lower_than(&self, min: &dyn Display) -> Cow<'static, str> {
        say("range", DefaultI18n.range_lower_than(min), [("min", bound(min))])
    }

    fn range_greater_than(&self, max: &dyn Display) -> Cow<'static, str> {
        say("range", DefaultI18n.range_greater_than(max), [("max", bound(max))])
    }

    fn credit_card_invalid(&self, reason: InvalidCreditCard) -> Cow<'static, str> {
        let message = DefaultI18n.credit_card_invalid(reason);
        say("credit_card", message, [("reason", text(reason))])
    }

    fn pattern_no_match(&self, pattern: &dyn Display) -> Cow<'static, str> {
        say("pattern", DefaultI18n.pattern_no_match(pattern), [("pattern", text(pattern))])
    }

    fn contains_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        say("contains", DefaultI18n.contains_missing(pattern), [("pattern", text(pattern))])
    }

    fn url_invalid(&self, reason: InvalidUrl) -> Cow<'static, str> {
        say("url", DefaultI18n.url_invalid(reason), [("reason", text(reason))])
    }

    fn prefix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        say("prefix", DefaultI18n.prefix_missing(pattern), [("pattern", text(pattern))])
    }

    fn suffix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        say("suffix", DefaultI18n.suffix_missing(pattern), [("pattern", text(pattern))])
    }

    fn phone_number_invalid(&self, reason: InvalidPhoneNumber) -> Cow<'static, str> {
        let message = DefaultI18n.phone_number_invalid(reason);
        say("phone_number", message, [("reason", text(reason))])
    }

    fn ip_invalid(&self, kind: IpKind) -> Cow<'static, str> {
        say("ip", DefaultI18n.ip_invalid(kind), [("kind", text(kind))])
    }

    fn matches_field_mismatch(&self, field: &dyn Display) -> Cow<'static, str> {
        say("matches", DefaultI18n.matches_field_mismatch(field), [("field", text(field))])
    }

    fn email_invalid(&self, reason: InvalidEmail) -> Cow<'static, str> {
        say("email", DefaultI18n.email_invalid(reason), [("reason", text(reason))])
    }

    fn ascii_invalid(&self) -> Cow<'static, str> {
        say("ascii", DefaultI18n.ascii_invalid(), [])
    }

    fn alphanumeric_invalid(&self) -> Cow<'static, str> {
        say("alphanumeric", DefaultI18n.alphanumeric_invalid(), [])
    }

    fn required_not_set(&self) -> Cow<'static, str> {
        say("required", DefaultI18n.required_not_set(), [])
    }
}
