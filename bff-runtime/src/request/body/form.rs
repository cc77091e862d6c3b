use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, header};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    content_type::ContentType,
    failure::{Result, too_many, unfit, unsupported},
    limits::PAIRS,
    read::read,
};
use crate::{
    Error, Problem,
    request::{mismatch::Mismatch, pointer::Pointer},
    valid::Words,
};

/// A urlencoded form, in and out: a body that is parsed to `T`, and a response that is written from `T`.
///
/// ```
/// use bff::Form;
///
/// #[derive(serde::Deserialize)]
/// struct Search {
///     q: String,
///     #[serde(default)]
///     tag: Vec<String>,
/// }
///
/// async fn search(Form(search): Form<Search>) -> String {
///     format!("{} in {} tags", search.q, search.tag.len())
/// }
/// ```
///
/// A name that is there several times makes a `Vec`, in order (RH-108); `+` is a blank. As an extractor it takes the
/// body, so it is the last argument. With GET and HEAD the query of the URL is the form, as a browser sends it. Not to
/// be confused with [`FormData`](super::FormData), which has no type and takes files as well, nor with
/// [`Multipart`](super::Multipart), which has a type and takes files.
///
/// # Errors
/// The client is answered with a problem document: 415 when the content type is not
/// `application/x-www-form-urlencoded`, 422 with `errors` when the form is not a `T`, 413 when the
/// body is too large or there are more than 1,000 fields, 408 and 400 as for [`RequestExt`](crate::RequestExt).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form<T>(pub T);

/// The body of a request, or the query of a request without one, as a form.
pub(in crate::request) async fn form<T: DeserializeOwned>(request: Request) -> Result<Form<T>> {
    let words = Words::of(request.extensions(), request.headers());
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return parse(request.uri().query().unwrap_or_default().as_bytes(), &words);
    }
    if !ContentType::of(request.headers()).is_some_and(|found| found.is_form()) {
        return Err(unsupported("application/x-www-form-urlencoded"));
    }
    parse(&read(request).await?, &words)
}

impl<T, S> FromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        form(request).await.map_err(|problem| *problem)
    }
}

impl<T: Serialize> IntoResponse for Form<T> {
    fn into_response(self) -> Response {
        const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
        match serde_html_form::to_string(&self.0) {
            Ok(form) => ([(header::CONTENT_TYPE, FORM)], Bytes::from(form)).into_response(),
            Err(error) => Error::from(error).into_response(),
        }
    }
}

/// The number of fields, for the limit on it: a body of separators is cheap to send.
pub(super) fn within_limit(bytes: &[u8], limit: usize) -> Result<()> {
    let pairs = bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).count();
    if pairs > limit { Err(too_many("fields", limit)) } else { Ok(()) }
}

pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8], words: &Words) -> Result<Form<T>> {
    within_limit(bytes, PAIRS)?;
    serde_html_form::from_bytes(bytes).map(Form).map_err(|error| {
        let again = serde_html_form::Deserializer::from_bytes(bytes);
        let pointer = match serde_path_to_error::deserialize::<_, T>(again) {
            Err(found) => Pointer::new(found.path()),
            Ok(_) => Pointer::default(),
        };
        unfit(Mismatch::of_serde(&error.to_string(), pointer), words)
    })
}

#[cfg(test)]
mod tests;
