//! Connections with TLS: rustls, with the roots of the operating system.

use std::sync::Arc;

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::{ClientConfig, RootCertStore, crypto::ring};

pub(super) type Connector = HttpsConnector<HttpConnector>;

/// Which protocols are offered to the upstream.
#[derive(Clone, Copy)]
pub(super) enum Offer {
    Http1,
    Http1AndHttp2,
    Http2,
}

/// The settings for an upstream. The provider is named, so that it does not matter which others the program has.
///
/// Where there is no TLS there are no roots to be read either, and none are trusted.
pub(super) fn config(https: bool) -> Result<ClientConfig, &'static str> {
    let mut roots = RootCertStore::empty();
    if https {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!("a root certificate of the system cannot be read: {error}");
        }
        roots.add_parsable_certificates(found.certs);
        #[cfg(test)]
        roots.add_parsable_certificates([super::tests::tls::root()]);
        if roots.is_empty() {
            return Err("is `https`, and the system has no root certificates to check it with");
        }
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| "is `https`, and no version of TLS is there to speak")?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

pub(super) fn connector(http: HttpConnector, config: &ClientConfig, offer: Offer) -> Connector {
    let builder = HttpsConnectorBuilder::new().with_tls_config(config.clone()).https_or_http();
    match offer {
        Offer::Http1 => builder.enable_http1().wrap_connector(http),
        Offer::Http1AndHttp2 => builder.enable_http1().enable_http2().wrap_connector(http),
        Offer::Http2 => builder.enable_http2().wrap_connector(http),
    }
}
