use axum::{extract::Request, response::Response};
use http::{HeaderName, HeaderValue};

use super::negotiate::prefers_text;
use crate::{error::negotiated, response::Conditions};

/// What the client asks of any response to it: a kind of error, nothing that it has already, a range.
///
/// Boxed, and absent for most requests: those pay one look at the names of their headers.
#[derive(Debug)]
pub(crate) struct Wishes {
    /// Plain text rather than a problem document.
    text: bool,
    conditions: Option<Conditions>,
}

impl Wishes {
    /// Notes them while the request is there; the handler takes it.
    #[inline]
    pub(crate) fn of(request: &Request) -> Option<Box<Self>> {
        if request.headers().iter().any(may_be_one) { Self::noted(request) } else { None }
    }

    #[cold]
    fn noted(request: &Request) -> Option<Box<Self>> {
        let text = prefers_text(request.headers());
        let conditions = Conditions::of(request);
        (text || conditions.is_some()).then(|| Box::new(Self { text, conditions }))
    }

    /// Answers as the conditions have it, in place of what the handler answered.
    #[cold]
    pub(super) fn apply_conditions(&self, response: &mut Response) {
        if let Some(conditions) = &self.conditions {
            conditions.apply(response);
        }
    }

    /// Sends the kind of error that is wished for, a problem document where nothing is.
    #[cold]
    pub(super) fn negotiate(wishes: Option<&Self>, response: &mut Response) {
        negotiated(response, wishes.is_some_and(|wishes| wishes.text));
    }
}

/// True for the headers that [`Wishes::noted`] reads, and what else begins with `if-`. An `Accept` of most clients
/// wishes for nothing.
#[inline]
fn may_be_one((name, value): (&HeaderName, &HeaderValue)) -> bool {
    match name.as_str().as_bytes() {
        [b'i', b'f', b'-', ..] | b"range" => true,
        b"accept" => !matches!(value.as_bytes(), b"*/*" | b"application/json"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn rh_084_rh_196_wishes_are_noted_where_there_are_some() {
        for (method, headers, expected) in [
            ("GET", &[][..], None),
            ("GET", &[("host", "a"), ("accept", "*/*"), ("authorization", "b")][..], None),
            ("GET", &[("accept", "application/json"), ("if-x", "1")], None),
            ("GET", &[("accept", "image/png")], None),
            // The second line of a header counts like the first.
            ("GET", &[("accept", "*/*;q=0.1"), ("accept", "text/plain")], Some((true, false))),
            ("GET", &[("accept", "*/*"), ("accept", "text/plain;q=0.5")], None),
            ("POST", &[("accept", "text/plain"), ("if-match", "*")], Some((true, false))),
            ("HEAD", &[("if-none-match", "*")], Some((false, true))),
            ("GET", &[("range", "bytes=0-")], Some((false, true))),
            ("GET", &[("accept", "text/*"), ("if-range", "\"a\"")], Some((true, true))),
        ] {
            let mut request = Request::builder().method(method);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let wishes = Wishes::of(&request.body(Body::empty()).unwrap());
            let noted = wishes.map(|wishes| (wishes.text, wishes.conditions.is_some()));
            assert_eq!(noted, expected, "{method} {headers:?}");
        }
    }
}
