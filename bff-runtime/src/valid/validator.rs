//! The rules of the crate `validator`, whose errors have codes and parameters of their own.

use std::{borrow::Cow, collections::HashMap};

use serde_json::Value;
use validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

use super::{Failure, Failures};

/// Where validator puts what is wrong with a struct as a whole.
const WHOLE: &str = "__all__";

/// The key of its stand-in for a list at the root.
const LIST: &str = "_tmp_validator";

pub(super) fn validate<T: validator::Validate>(value: &T, failures: &mut Failures) {
    if let Err(errors) = value.validate() {
        report(errors, failures);
    }
}

#[cold]
fn report(errors: ValidationErrors, failures: &mut Failures) {
    // They come from a `HashMap`; the same body should be answered alike twice.
    let mut fields: Vec<_> = errors.into_errors().into_iter().collect();
    fields.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (field, errors) in fields {
        if field == WHOLE || field == LIST {
            below(errors, failures);
        } else {
            failures.within(field, |failures| below(errors, failures));
        }
    }
}

fn below(errors: ValidationErrorsKind, failures: &mut Failures) {
    match errors {
        ValidationErrorsKind::Struct(errors) => report(*errors, failures),
        ValidationErrorsKind::List(items) => {
            for (index, errors) in items {
                failures.within(index, |failures| report(*errors, failures));
            }
        }
        ValidationErrorsKind::Field(errors) => {
            for error in errors {
                failures.add(failure(error));
            }
        }
    }
}

fn failure(error: ValidationError) -> Failure {
    let ValidationError { code, message, mut params } = error;
    // What the client sent stays where it is.
    params.remove("value");
    let message = message.unwrap_or_else(|| words(&code, &params));
    let mut params: Vec<_> = params.into_iter().collect();
    params.sort_by(|(one, _), (other, _)| one.cmp(other));
    let failure = Failure::new("", code, message);
    params.into_iter().fold(failure, |failure, (name, value)| failure.with(name, value))
}

/// validator has no words of its own, unless the rule gives some.
fn words(code: &str, params: &HashMap<Cow<'static, str>, Value>) -> Cow<'static, str> {
    let bounds = |what: &str| {
        let bound = |name: &str| params.get(name);
        let parts = [
            (bound("equal"), "exactly"),
            (bound("min"), "at least"),
            (bound("exclusive_min"), "more than"),
            (bound("max"), "at most"),
            (bound("exclusive_max"), "less than"),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .filter_map(|(bound, word)| Some(format!("{word} {}", bound?)))
            .collect();
        Cow::Owned(format!("{what} must be {}", parts.join(" and ")))
    };
    match code {
        "length" => bounds("the length"),
        "range" => bounds("the value"),
        "email" => Cow::Borrowed("not a valid email address"),
        "url" => Cow::Borrowed("not a valid URL"),
        "ip" => Cow::Borrowed("not a valid IP address"),
        "credit_card" => Cow::Borrowed("not a valid credit card number"),
        "required" | "required_nested" => Cow::Borrowed("the value is required"),
        "must_match" => Cow::Borrowed("does not match the other field"),
        "regex" => Cow::Borrowed("does not have the expected form"),
        "contains" => Cow::Borrowed("does not contain what is expected"),
        "does_not_contain" => Cow::Borrowed("contains what is not allowed"),
        "non_control_character" => Cow::Borrowed("has control characters"),
        _ => Cow::Borrowed("the value is not valid"),
    }
}
