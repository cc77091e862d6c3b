use http::{HeaderMap, HeaderValue, header};

use super::{Cors, Origins};
use crate::{request::only, response::vary};

/// What the response to a request says about who may read it. Made of the request, because the handler takes it.
#[derive(Clone, Debug)]
pub(crate) struct CorsAnswer {
    cors: &'static Cors,
    reader: Option<HeaderValue>,
}

impl CorsAnswer {
    /// Looks at the `Origin` of a request.
    pub(crate) fn of(cors: &'static Cors, request: &HeaderMap) -> Self {
        Self { cors, reader: reader(cors, request) }
    }

    /// Who may read it: the value of `Access-Control-Allow-Origin`.
    pub(crate) fn reader(&self) -> Option<&HeaderValue> {
        self.reader.as_ref()
    }

    /// Puts it on the response, an error too: without it, a browser shows a page a network error and no status (U7).
    ///
    /// A handler that has set `Access-Control-Allow-Origin` has said it all itself.
    pub(crate) fn put_on(&self, response: &mut HeaderMap) {
        let Self { cors, reader } = self;
        if matches!(cors.origins, Origins::Listed(_)) {
            // Also without an origin: a cache must not give that answer to a page (Fetch section 3.2.5).
            vary(response, "origin");
        }
        if response.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
            return;
        }
        let Some(reader) = reader else { return };
        allow(cors, reader.clone(), response);
        if !cors.expose_headers.is_empty()
            && !response.contains_key(header::ACCESS_CONTROL_EXPOSE_HEADERS)
        {
            let names = HeaderValue::from_static(cors.expose_headers);
            response.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, names);
        }
    }
}

/// The value of `Access-Control-Allow-Origin` for a request: `*`, or its own origin when that is listed.
pub(super) fn reader(cors: &Cors, request: &HeaderMap) -> Option<HeaderValue> {
    match cors.origins {
        // The same whoever asks, so that a cache can give it to anybody.
        Origins::Any => Some(HeaderValue::from_static("*")),
        Origins::Listed(listed) => {
            let origin = only(request, &header::ORIGIN)?;
            listed.iter().any(|allowed| allowed.allows(origin.as_bytes())).then(|| origin.clone())
        }
    }
}

/// Lets a reader in.
pub(super) fn allow(cors: &Cors, reader: HeaderValue, response: &mut HeaderMap) {
    response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, reader);
    // The build has refused them for `*`.
    if cors.credentials && matches!(cors.origins, Origins::Listed(_)) {
        let yes = HeaderValue::from_static("true");
        response.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
    }
}
