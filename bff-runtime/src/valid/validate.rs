use super::Failures;

/// A type that says itself whether its values are right.
///
/// Every type that derives `garde::Validate` does (feature `garde`, on by default), when its context has a default.
/// Any other type of yours can, by hand:
///
/// ```
/// use bff::valid::{Failure, Failures, Validate};
///
/// #[derive(serde::Deserialize)]
/// struct Stay {
///     from: u32,
///     to: u32,
/// }
///
/// impl Validate for Stay {
///     fn validate(&self, failures: &mut Failures) {
///         if self.to <= self.from {
///             failures.add(Failure::new("/to", "order", "must be after the day of arrival"));
///         }
///     }
/// }
/// ```
///
/// Not to be confused with the traits of that name in garde and validator; types of the latter are validated by
/// `Valid<_, Validator>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` says nothing about which of its values are valid",
    label = "does not implement `bff::valid::Validate`",
    note = "add `#[derive(garde::Validate)]`, with garde's feature `derive` in your Cargo.toml, or implement the trait by hand",
    note = "a type that derives `validator::Validate` is validated by `Valid<_, Validator>`, one with a context by `Valid<_, WithState>`"
)]
pub trait Validate {
    /// Adds everything that is wrong, not the first thing only.
    fn validate(&self, failures: &mut Failures);
}

#[cfg(feature = "garde")]
#[diagnostic::do_not_recommend]
impl<T> Validate for T
where
    T: garde::Validate,
    T::Context: Default,
{
    fn validate(&self, failures: &mut Failures) {
        super::garde::validate(self, &T::Context::default(), failures);
    }
}
