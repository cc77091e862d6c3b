use axum::{extract::Request, response::Response};
use http::{HeaderName, HeaderValue, Method, StatusCode, Version, header, request::Parts};
use http_body::Body as _;
use hyper::upgrade::OnUpgrade;

use super::{
    Timeouts, Upstream,
    error::{Kind, UpstreamError},
    forwarded, hop_by_hop,
    path::encoded,
    relay::{relay, switch},
    request_headers::{join_cookies, requested_host, selected},
    send::send,
    via,
};

/// How a request goes on to an upstream: what a handler says with [`Forward`](super::Forward), and a proxy with
/// [`Passage`](super::Passage).
#[derive(Default)]
pub(super) struct Terms {
    /// Instead of the request's own.
    pub(super) path: Option<String>,
    /// What is left out at the start of the request's path.
    pub(super) prefix: Option<String>,
    /// What is added to the request's, encoded.
    pub(super) query: String,
    edits: Vec<Edit>,
    only: Option<Vec<HeaderName>>,
    /// `None` for those that the upstream declares.
    pub(super) timeouts: Option<Timeouts>,
}

enum Edit {
    Set(HeaderName, HeaderValue),
    Remove(HeaderName),
    /// What was to be set cannot be sent.
    Invalid,
}

impl Terms {
    pub(super) fn set_header(
        &mut self,
        name: impl TryInto<HeaderName>,
        value: impl TryInto<HeaderValue>,
    ) {
        self.edits.push(match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => Edit::Set(name, value),
            _ => Edit::Invalid,
        });
    }

    /// What is no name is the name of no header.
    pub(super) fn remove_header(&mut self, name: impl TryInto<HeaderName>) {
        self.edits.extend(name.try_into().ok().map(Edit::Remove));
    }

    pub(super) fn only_headers<I>(&mut self, names: I)
    where
        I: IntoIterator,
        I::Item: TryInto<HeaderName>,
    {
        self.only = Some(names.into_iter().filter_map(|name| name.try_into().ok()).collect());
    }

    /// Before the other edits, so that one that is set anew is sent.
    pub(super) fn without_credentials(&mut self) {
        let credentials = [header::COOKIE, header::AUTHORIZATION];
        self.edits.splice(0..0, credentials.map(Edit::Remove));
    }

    /// Sends the request, and gives the answer back.
    pub(super) async fn send(
        self,
        request: Request,
        upstream: &Upstream,
    ) -> Result<Response, UpstreamError> {
        let timeouts = self.timeouts.unwrap_or_else(|| upstream.declared_timeouts());
        let target = upstream.target()?;
        let (parts, body) = request.into_parts();
        if via::loops(&parts.headers) {
            return Err(UpstreamError::new(Kind::Loop, &**target));
        }
        let refuse = |status, why| UpstreamError::new(Kind::Request(status, why), &**target);
        let path = match (&self.path, &self.prefix) {
            (Some(path), _) => encoded(path),
            (None, Some(prefix)) => strip(parts.uri.path(), prefix)
                .ok_or_else(|| {
                    refuse(StatusCode::NOT_FOUND, "a path does not begin with the prefix to strip")
                })?
                .into(),
            (None, None) => parts.uri.path().into(),
        };
        let query = match (parts.uri.query(), &*self.query) {
            (query, "") => query.map(str::to_owned),
            (None | Some(""), added) => Some(added.to_owned()),
            (Some(query), added) => Some(format!("{query}&{added}")),
        };
        let uri = target.uri(&path, query.as_deref())?;
        let host = requested_host(&parts).map_err(|why| refuse(StatusCode::BAD_REQUEST, why))?;
        let client = forwarded::Client::of(&parts.uri, &parts.extensions, host);
        let Parts { method, version, mut headers, mut extensions, .. } = parts;
        let upgrade = if method == Method::GET
            && version == Version::HTTP_11
            && body.is_end_stream()
            && !target.clients.http2
            && hop_by_hop::asks_for_websocket(&headers)
        {
            extensions.remove::<OnUpgrade>()
        } else {
            None
        };

        hop_by_hop::remove(&mut headers);
        // The server has answered an expectation itself, and the upstream's name comes from its URL.
        headers.remove(header::EXPECT);
        headers.remove(header::HOST);
        headers.remove("http2-settings");
        join_cookies(&mut headers);
        if let Some(only) = &self.only {
            headers = selected(&headers, only, upgrade.is_some());
        }
        client.tell(&mut headers);
        via::add(&mut headers, version);
        for edit in self.edits {
            match edit {
                Edit::Set(name, value) => {
                    headers.insert(name, value);
                }
                Edit::Remove(name) => {
                    headers.remove(name);
                }
                Edit::Invalid => {
                    let status = StatusCode::INTERNAL_SERVER_ERROR;
                    return Err(refuse(status, "a header for an upstream cannot be sent"));
                }
            }
        }
        if upgrade.is_some() {
            switch(&mut headers);
        }

        let is_head = method == Method::HEAD;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        let response = send(target, request, &timeouts).await?;
        relay(response, target, &timeouts, is_head, upgrade)
    }
}

/// The rest of the path behind a prefix of whole segments.
fn strip<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(prefix.trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}
