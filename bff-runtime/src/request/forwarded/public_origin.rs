use std::convert::Infallible;

use axum::{Extension, extract::FromRequestParts, middleware::AddExtension};
use http::{Extensions, HeaderMap, Uri, header, request::Parts};
use tower::Layer;

use super::{Host, Origin, client_ip::report, origin::Scheme};
use crate::request::url;

/// The origin under which the client knows this app.
///
/// As a layer it is a setting: then it is this origin, whatever the request says. That is what belongs in
/// production, because a `Host` header is the client's to choose.
///
/// ```
/// use bff::{
///     axum::{Router, routing::get},
///     request::PublicOrigin,
/// };
///
/// async fn links(PublicOrigin(origin): PublicOrigin) -> String {
///     format!("{origin}/feed.xml")
/// }
///
/// # fn main() -> bff::Result {
/// let public = PublicOrigin("https://app.example.com".parse()?);
/// let app: Router = Router::new().route("/", get(links)).layer(public);
/// # let _ = app;
/// # Ok(())
/// # }
/// ```
///
/// Without the setting it is decided for each request, scheme and host together (RH-125, RH-126):
///
/// - what the [`TrustedProxies`](super::TrustedProxies) report, if the connection comes from one of them,
/// - else the host of the request target, which only HTTP/2 and clients of proxies send (RFC 9112 section
///   3.2.2), and its scheme,
/// - else the `Host` header, and `http`.
///
/// When that gives no valid host, it is `localhost`: nothing that a client made up gets into a URL. Addresses of
/// the loopback stay as they are (RH-127).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicOrigin(pub Origin);

impl<S: Sync> FromRequestParts<S> for PublicOrigin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(public_origin(&parts.uri, &parts.headers, &parts.extensions)))
    }
}

impl<S> Layer<S> for PublicOrigin {
    type Service = AddExtension<S, Self>;

    fn layer(&self, inner: S) -> Self::Service {
        Extension(self.clone()).layer(inner)
    }
}

pub(crate) fn public_origin(uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Origin {
    if let Some(PublicOrigin(origin)) = extensions.get() {
        return origin.clone();
    }
    let uri = url::original(uri, extensions);
    let (scheme, host) = asked(uri, headers, extensions);
    let scheme =
        scheme.or_else(|| uri.scheme_str().and_then(Scheme::parse)).unwrap_or(Scheme::Http);
    Origin::new(scheme, host.unwrap_or_else(|| Host { name: "localhost".to_owned(), port: None }))
}

/// True for the origin that the client knows this app under.
///
/// Unless a setting or a trusted proxy says so, it is not known whether the client speaks TLS: then either scheme will
/// do, and the port that a `Host` leaves out is that of the origin's scheme.
pub(super) fn is_own(
    origin: &Origin,
    uri: &Uri,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> bool {
    if let Some(PublicOrigin(own)) = extensions.get() {
        return own == origin;
    }
    match asked(url::original(uri, extensions), headers, extensions) {
        (Some(scheme), Some(host)) => Origin::new(scheme, host) == *origin,
        (None, Some(host)) => Origin::new(origin.scheme, host) == *origin,
        (_, None) => false,
    }
}

/// What the trusted proxies say about scheme and host, or else the host that the request is for. The URI is the one
/// that was sent: a rewrite leaves no host in the target.
fn asked(
    uri: &Uri,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> (Option<Scheme>, Option<Host>) {
    let (scheme, host) = match report(headers, extensions) {
        Some(report) => (report.scheme, report.host),
        None => (None, None),
    };
    (scheme, host.or_else(|| requested(uri, headers)))
}

/// The host that the client asked for, when it is one.
fn requested(uri: &Uri, headers: &HeaderMap) -> Option<Host> {
    match uri.authority() {
        Some(authority) => Host::parse(authority.as_str()),
        None => {
            let mut hosts = headers.get_all(header::HOST).iter();
            let host = hosts.next().filter(|_| hosts.next().is_none())?;
            Host::parse(host.to_str().ok()?)
        }
    }
}
