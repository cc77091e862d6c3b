//! Connections with TLS.

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;

use crate::tls::{NoTls, client_config, without_roots};

pub(super) type Connector = HttpsConnector<HttpConnector>;

/// Which protocols are offered to the upstream.
#[derive(Clone, Copy)]
pub(super) enum Offer {
    Http1,
    Http1AndHttp2,
    Http2,
}

/// The settings for an upstream.
///
/// Where there is no TLS there are no roots to be read either, and none are trusted.
pub(super) fn config(https: bool) -> Result<ClientConfig, &'static str> {
    let config = if https { client_config() } else { without_roots() };
    config.map_err(|reason| match reason {
        NoTls::Roots => "is `https`, and the system has no root certificates to check it with",
        NoTls::Versions => "is `https`, and no version of TLS is there to speak",
    })
}

pub(super) fn connector(http: HttpConnector, config: &ClientConfig, offer: Offer) -> Connector {
    let builder = HttpsConnectorBuilder::new().with_tls_config(config.clone()).https_or_http();
    match offer {
        Offer::Http1 => builder.enable_http1().wrap_connector(http),
        Offer::Http1AndHttp2 => builder.enable_http1().enable_http2().wrap_connector(http),
        Offer::Http2 => builder.enable_http2().wrap_connector(http),
    }
}
