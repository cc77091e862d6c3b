use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{Error, valid::Words};

/// The query of the URL, as a `T`.
///
/// ```
/// use bff::Query;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Filter {
///     page: Option<u32>,
///     #[serde(default)]
///     tag: Vec<String>,
/// }
///
/// /// `/posts?page=2&tag=rust&tag=web`
/// async fn list(Query(filter): Query<Filter>) -> String {
///     format!("page {:?} of {:?}", filter.page, filter.tag)
/// }
/// ```
///
/// Names and values are decoded as a form (RH-129). A name that is repeated fills a `Vec`; a name that is absent
/// is the `None` of an `Option`, or the default of a field with `#[serde(default)]`.
///
/// Not to be confused with [`axum::extract::Query`], which knows no repeated names and tells the client what a
/// type of the program is called. After a [rewrite](crate::request::rewrite) it is the query of the new URL, as
/// with that one; [`Url::query`](crate::request::Url::query) has the client's.
///
/// # Errors
/// 400 when the query is no `T`; the problem document has `errors`, with the parameter's name as a JSON pointer:
///
/// ```json
/// { "pointer": "/page", "code": "wrong_type", "detail": "the value is not a whole number" }
/// ```
///
/// The codes are those of [`bff::valid`](crate::valid). 400 as well for more than 1000 parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<T>(pub T);

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let words = Words::of(&parts.extensions, &parts.headers);
        super::parse(parts.uri.query().unwrap_or(""), &words).map(Self)
    }
}
