use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::{Result, request};

/// What the body of a [`Webhook`](super::Webhook) becomes once it is known to be genuine: any `T` that can be
/// deserialized, from JSON, or from a form where the content type says so; or [`Raw`].
#[diagnostic::on_unimplemented(
    message = "the body of a webhook cannot be read as `{Self}`",
    label = "does not implement `serde::Deserialize`",
    note = "derive `serde::Deserialize` for it, or leave it out: `Webhook<P>` has the bytes"
)]
pub trait WebhookBody: Sized + Send {
    /// Reads it.
    ///
    /// # Errors
    /// 400 and 422, as for [`Json`](crate::Json) and [`Form`](crate::Form).
    fn from_genuine(headers: &HeaderMap, bytes: &Bytes) -> Result<Self>;
}

/// The body is not read; [`Webhook::bytes`](super::Webhook) has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Raw;

impl WebhookBody for Raw {
    fn from_genuine(_: &HeaderMap, _: &Bytes) -> Result<Self> {
        Ok(Self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + Send> WebhookBody for T {
    fn from_genuine(headers: &HeaderMap, bytes: &Bytes) -> Result<Self> {
        request::form_or_json(headers, bytes)
    }
}
