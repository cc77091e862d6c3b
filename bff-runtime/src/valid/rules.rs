#[cfg(feature = "garde")]
use axum::extract::FromRef;

use super::{Failures, Validate};

/// Where a [`Valid`](super::Valid) finds the rules for a `T` in an app with the state `S`: its second parameter.
///
/// Implemented by [`Own`], which is the default, by `WithState` (feature `garde`) and by `Validator` (feature of that
/// name).
#[diagnostic::on_unimplemented(
    message = "`{Self}` finds no rules for `{T}`",
    label = "no rules for `{T}`",
    note = "add `#[derive(garde::Validate)]` to `{T}`, with garde's feature `derive` in your Cargo.toml, or implement `bff::valid::Validate` by hand"
)]
pub trait Rules<T, S>: Around {
    /// Adds everything that is wrong with the value.
    fn check(value: &T, state: &S, failures: &mut Failures);
}

/// What a [`Valid`](super::Valid) has around it: always the extractor itself. A type parameter has to be used by a
/// field, and the pattern `Valid(Json(post))` has room for one.
pub trait Around {
    /// `E`.
    type Of<E>;
}

/// The rules that the type itself has: [`Validate`].
#[derive(Clone, Copy, Debug)]
pub struct Own;

impl Around for Own {
    type Of<E> = E;
}

impl<T: Validate, S> Rules<T, S> for Own {
    fn check(value: &T, _: &S, failures: &mut Failures) {
        value.validate(failures);
    }
}

/// Rules of garde with a context, which is taken out of the app's state.
///
/// ```
/// use bff::{Json, Valid, axum::extract::FromRef, valid::WithState};
///
/// #[derive(Clone)]
/// struct House {
///     seats: u32,
/// }
///
/// #[derive(Clone)]
/// struct AppState {
///     house: House,
/// }
///
/// impl FromRef<AppState> for House {
///     fn from_ref(state: &AppState) -> Self {
///         state.house.clone()
///     }
/// }
///
/// #[derive(serde::Deserialize, garde::Validate)]
/// #[garde(context(House as house))]
/// struct Booking {
///     #[garde(range(min = 1, max = house.seats))]
///     seats: u32,
/// }
///
/// async fn book(Valid(Json(booking)): Valid<Json<Booking>, WithState>) -> String {
///     format!("{} seats", booking.seats)
/// }
/// ```
#[cfg(feature = "garde")]
#[derive(Clone, Copy, Debug)]
pub struct WithState;

#[cfg(feature = "garde")]
impl Around for WithState {
    type Of<E> = E;
}

#[cfg(feature = "garde")]
impl<T, S> Rules<T, S> for WithState
where
    T: garde::Validate,
    T::Context: FromRef<S>,
{
    fn check(value: &T, state: &S, failures: &mut Failures) {
        super::garde::validate(value, &T::Context::from_ref(state), failures);
    }
}

/// Rules of the crate `validator`.
///
/// ```
/// use bff::{Json, Valid, valid::Validator};
///
/// #[derive(serde::Deserialize, validator::Validate)]
/// struct Comment {
///     #[validate(length(min = 1, max = 500))]
///     text: String,
/// }
///
/// async fn comment(Valid(Json(comment)): Valid<Json<Comment>, Validator>) -> String {
///     comment.text
/// }
/// ```
#[cfg(feature = "validator")]
#[derive(Clone, Copy, Debug)]
pub struct Validator;

#[cfg(feature = "validator")]
impl Around for Validator {
    type Of<E> = E;
}

#[cfg(feature = "validator")]
impl<T: validator::Validate, S> Rules<T, S> for Validator {
    fn check(value: &T, _: &S, failures: &mut Failures) {
        super::validator::validate(value, failures);
    }
}
