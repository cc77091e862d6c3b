use axum::{
    RequestExt as _,
    body::{Body, Bytes, HttpBody},
    extract::Request,
};
use bytes::BytesMut;
use http::Method;
use http_body_util::{BodyExt, Limited};

use super::{
    failure::{Result, broken, too_large},
    limits::SET_ASIDE,
    pace::Paced,
};

/// A body that is read chunk by chunk, within its limit and at a pace.
pub(super) struct Chunks {
    body: Paced<Body>,
    limit: Option<u64>,
    declared: u64,
}

impl Chunks {
    /// Opens the body of this request, within the limit that axum's `DefaultBodyLimit` sets, or within `limit` where
    /// there is one.
    ///
    /// A body that is announced to be larger is refused here, before it is asked for: a client that expects
    /// `100 Continue` is never told to go on (RH-118, RFC 9110 section 10.1.1).
    pub(super) fn open(mut request: Request, limit: Option<u64>) -> Result<Self> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            // RH-112: no body, whatever was sent; RFC 9110 section 9.3.1 gives it no meaning.
            *request.body_mut() = Body::empty();
        }
        let declared = request.body().size_hint().lower();
        let body = match limit {
            Some(limit) => {
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                Body::new(Limited::new(request.into_body(), limit))
            }
            None => request.into_limited_body(),
        };
        // With a limit that is the limit at most. Without one it is the length, if any.
        let limit = body.size_hint().upper();
        if let Some(limit) = limit
            && declared > limit
        {
            return Err(too_large("the body", limit));
        }
        Ok(Self { body: Paced::new(body), limit, declared })
    }

    /// The next chunk; `None` at the end. Trailers are passed over.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>> {
        loop {
            match self.body.frame().await {
                None => return Ok(None),
                Some(Err(error)) => return Err(broken(&error, self.limit)),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) if data.is_empty() => {}
                    Ok(data) => return Ok(Some(data)),
                    Err(_) => {}
                },
            }
        }
    }

    /// The whole body.
    pub(super) async fn collect(mut self) -> Result<Bytes> {
        let Some(first) = self.next().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.next().await? else { return Ok(first) };
        let length = first.len() as u64 + second.len() as u64;
        let mut all = BytesMut::with_capacity(length.max(self.declared.min(SET_ASIDE)) as usize);
        all.extend_from_slice(&first);
        all.extend_from_slice(&second);
        while let Some(chunk) = self.next().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }
}

/// Reads the whole body of this request.
pub(in crate::request) async fn read(request: Request) -> Result<Bytes> {
    Chunks::open(request, None)?.collect().await
}

#[cfg(test)]
mod tests;
