use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, connect_info::MockConnectInfo};
use http::{Extensions, HeaderMap, StatusCode, request::Parts};

use super::{TrustedProxies, report::Report};
use crate::Problem;

/// The address of the client (RH-090): the peer of the connection, or whom the
/// [`TrustedProxies`] say it works for.
///
/// ```
/// use bff::request::ClientIp;
///
/// async fn whoami(ClientIp(ip): ClientIp) -> String {
///     format!("you are {ip}")
/// }
/// ```
///
/// An IPv4 address is always in IPv4 form, also on a socket that speaks IPv6.
///
/// # Errors
/// 500 when the server has not told the address of the peer, which [`bff::serve`](crate::serve) always does;
/// the log says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientIp(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for ClientIp {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match client_ip(&parts.headers, &parts.extensions) {
            Some(ip) => Ok(Self(ip)),
            None => {
                tracing::error!("`ClientIp` needs a server that sets `ConnectInfo<SocketAddr>`");
                Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR))
            }
        }
    }
}

/// The address of the client; `None` when the server has not told the peer's.
pub(crate) fn client_ip(headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    let peer = peer(extensions)?;
    Some(report(headers, extensions).map_or(peer, |report| report.client))
}

/// What the trusted proxies say; `None` when the peer is not one of them, whose headers then mean nothing.
pub(super) fn report(headers: &HeaderMap, extensions: &Extensions) -> Option<Report> {
    let proxies = TrustedProxies::of(extensions)?;
    let peer = peer(extensions).filter(|&peer| proxies.trusts(peer))?;
    Some(Report::new(headers, peer, proxies))
}

/// The other end of the socket.
fn peer(extensions: &Extensions) -> Option<IpAddr> {
    let real = extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    let peer = real.or_else(|| extensions.get::<MockConnectInfo<SocketAddr>>().map(|peer| peer.0));
    peer.map(|peer| peer.ip().to_canonical())
}
