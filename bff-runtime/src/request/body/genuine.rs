//! Bodies whose bytes are checked before they are read as anything.

use axum::{RequestExt as _, body::Bytes, extract::Request};
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::{content_type::ContentType, failure, form, read::Chunks};
use crate::{Error, Json, policy::OwnBodyLimit, valid::Words};

/// The body of a request within the limit of its route, or within `default` where the route has none of its own. A
/// smaller limit around the app holds as well.
pub(crate) async fn read_within(request: Request, default: u64) -> failure::Result<Bytes> {
    if request.extensions().get::<OwnBodyLimit>().is_some() {
        return Chunks::open(request, None)?.collect().await;
    }
    Chunks::open(request.with_limited_body(), Some(default))?.collect().await
}

/// The body as a form where the content type says so, and as JSON otherwise: senders that mean JSON do not always
/// say it.
pub(crate) fn form_or_json<T: DeserializeOwned>(
    headers: &HeaderMap,
    bytes: &[u8],
) -> Result<T, Error> {
    if ContentType::of(headers).is_some_and(|found| found.is_form()) {
        Ok(form::parse::<T>(bytes, &Words::default())?.0)
    } else {
        Ok(Json::from_bytes(bytes)?.0)
    }
}
