use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use http::request::Parts;

use super::{
    Failures, Holds,
    refusal::refusal,
    rules::{Around, Own, Rules},
    wording::Words,
};

/// What an extractor extracts, when it is valid.
///
/// ```
/// use bff::{Json, Valid};
///
/// #[derive(serde::Deserialize, garde::Validate)]
/// struct EditPost {
///     #[garde(length(chars, min = 1, max = 100))]
///     title: String,
///     #[garde(inner(length(chars, max = 20)))]
///     tags: Vec<String>,
/// }
///
/// async fn update(Valid(Json(edit)): Valid<Json<EditPost>>) -> String {
///     edit.title
/// }
/// ```
///
/// It goes around [`Json`](crate::Json), [`Form`](crate::Form), [`Query`](crate::Query), [`Path`](crate::Path) and
/// [`Multipart`](crate::request::Multipart), and around any extractor that [`Holds`] a value. The second parameter says
/// where the rules are; [the module](super) tells which to take.
///
/// # Errors
/// 422 with all failures at once, as a problem document: see [the module](super) for its shape. What the extractor
/// itself refuses is answered as without `Valid`, with the same shape; a `Path` that does not fit its type is 400.
#[derive(Clone, Copy, Debug)]
pub struct Valid<E, By: Around = Own>(pub By::Of<E>);

impl<E, By, S> FromRequest<S> for Valid<E, By>
where
    E: FromRequest<S> + Holds,
    E::Rejection: 'static,
    By: Rules<E::Value, S> + Around<Of<E> = E>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let words = Words::of(request.extensions(), request.headers());
        match E::from_request(request, state).await {
            Ok(extracted) => match broken_rules::<_, By, _>(&extracted, state, &words) {
                None => Ok(Self(extracted)),
                Some(response) => Err(response),
            },
            Err(rejection) => Err(refusal(rejection, &words)),
        }
    }
}

impl<E, By, S> FromRequestParts<S> for Valid<E, By>
where
    E: FromRequestParts<S> + Holds,
    E::Rejection: 'static,
    By: Rules<E::Value, S> + Around<Of<E> = E>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let words = Words::of(&parts.extensions, &parts.headers);
        match E::from_request_parts(parts, state).await {
            Ok(extracted) => match broken_rules::<_, By, _>(&extracted, state, &words) {
                None => Ok(Self(extracted)),
                Some(response) => Err(response),
            },
            Err(rejection) => Err(refusal(rejection, &words)),
        }
    }
}

/// The answer to a value that is not valid.
fn broken_rules<E, By, S>(extracted: &E, state: &S, words: &Words) -> Option<Response>
where
    E: Holds,
    By: Rules<E::Value, S>,
{
    let mut failures = Failures::new();
    By::check(extracted.held(), state, &mut failures);
    (!failures.is_empty()).then(|| failures.problem::<E::Value>(words).into_response())
}
