//! Validation of what clients send: [`Valid`] around an extractor.
//!
//! ```
//! use bff::{Json, Valid};
//!
//! #[derive(serde::Deserialize, garde::Validate)]
//! #[serde(rename_all = "camelCase", deny_unknown_fields)]
//! struct SignUp {
//!     #[garde(length(chars, min = 2, max = 40))]
//!     display_name: String,
//!     #[garde(range(min = 18))]
//!     age: u8,
//! }
//!
//! async fn sign_up(Valid(Json(person)): Valid<Json<SignUp>>) -> String {
//!     format!("welcome, {}", person.display_name)
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! # use bff::axum::{Router, routing::post};
//! # let app = Router::new().route("/", post(sign_up));
//! # let client = bff::testing::client(app);
//! let response = client.post("/").json(&serde_json::json!({ "displayName": "x", "age": 7 })).await;
//! assert_eq!(response.status(), 422);
//! assert_eq!(
//!     response.json::<serde_json::Value>()["errors"],
//!     serde_json::json!([
//!         { "pointer": "/age", "code": "range", "detail": "lower than 18" },
//!         { "pointer": "/displayName", "code": "length", "detail": "length is lower than 2" },
//!     ]),
//! );
//! # }
//! ```
//!
//! A field that the type does not have is passed over, or refused where `#[serde(deny_unknown_fields)]` says so.
//!
//! The content type and the size are checked before anything is parsed; then come the type, and the rules last. All
//! failures are answered at once: 422, a problem document (RFC 9457) whose `errors` have for each a JSON pointer
//! (RFC 6901), a stable `code` and a `detail` for people. Pointers have the names that the client knows, also where
//! `#[serde(rename_all = "…")]` changes them. Where validators are deaf to serde, give the name to both: for a single
//! `#[serde(rename = "…")]` garde has `#[garde(rename = "…")]`, and below an enum or a `#[serde(flatten)]` the
//! pointer has the names of Rust.
//!
//! # Which rules
//!
//! | the type | write |
//! |---|---|
//! | derives `garde::Validate` | `Valid<Json<T>>` |
//! | derives it with a context, which is in the app's state | `Valid<Json<T>, WithState>` |
//! | implements [`Validate`] by hand | `Valid<Json<T>>` |
//! | derives `validator::Validate` | `Valid<Json<T>, Validator>`, with the feature `validator` |
//!
//! garde goes into your own Cargo.toml, with the features of the rules that you use:
//!
//! ```text
//! garde = { version = "0.23", features = ["derive", "email"] }
//! ```
//!
//! What needs a database, a name that is taken for example, is checked in the handler, which can answer with a
//! [`Failure`] of its own; rules are not async.
//!
//! # Codes
//!
//! What comes from rules has the name of the rule in garde (`length`, `range`, `email`, `pattern`, `url`, …) or the
//! code of validator; a rule of your own in garde has `custom`, unless its error is made by [`custom`](custom()).
//! What does not fit its type has one of these, in a body, a form and a query alike:
//!
//! | code | when | parameters |
//! |---|---|---|
//! | `missing` | a field is not there | |
//! | `duplicate` | a field that takes one value is there more than once | |
//! | `unknown_field` | a field that `#[serde(deny_unknown_fields)]` refuses | `expected` |
//! | `wrong_type` | text instead of a number, an array instead of an object and so on | `expected` |
//! | `wrong_length` | an array has too many or too few values | `expected` |
//! | `not_allowed` | the value is none of those that there are, or out of its type's range | `expected` |
//! | `too_large`, `too_small` | a number that does not fit its type; a file or a field above its limit | |
//! | `not_text` | part of a path is not UTF-8 | |
//! | `invalid` | the type's own parser refuses it | |
//!
//! `expected` is in the words of JSON: `a string`, `a whole number from 0 to 255`. serde stops at the first of these, so
//! there is one of them at most, and none beside those of rules. Codes are never changed or given another meaning.
//!
//! # In other words
//!
//! A [`Wording`] says all this in the words of the app, or in the client's language.

mod extract;
mod failure;
mod failures;
#[cfg(feature = "garde")]
mod garde;
mod holds;
mod names;
mod refusal;
mod rules;
mod validate;
#[cfg(feature = "validator")]
mod validator;
mod wording;

#[cfg(test)]
mod tests;

pub use self::{
    extract::Valid,
    failure::Failure,
    failures::Failures,
    holds::Holds,
    rules::{Around, Own, Rules},
    validate::Validate,
    wording::Wording,
};

#[cfg(feature = "garde")]
pub use self::{garde::custom, rules::WithState};

#[cfg(feature = "validator")]
pub use self::rules::Validator;

pub(crate) use self::wording::Words;
