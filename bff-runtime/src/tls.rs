//! What clients trust: rustls, with the roots of the operating system.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring};

/// Why there is no TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoTls {
    /// No certificate could be checked.
    Roots,
    /// The provider has no version of it.
    Versions,
}

/// The settings of a client. The provider is named, so that it does not matter which others the program has.
pub(crate) fn client_config() -> Result<ClientConfig, NoTls> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!("a root certificate of the system cannot be read: {error}");
    }
    roots.add_parsable_certificates(found.certs);
    #[cfg(test)]
    roots.add_parsable_certificates([rustls::pki_types::CertificateDer::from(fixtures::TRUSTED.0)]);
    if roots.is_empty() {
        return Err(NoTls::Roots);
    }
    with_roots(roots)
}

/// The settings of a client that trusts nobody.
pub(crate) fn without_roots() -> Result<ClientConfig, NoTls> {
    with_roots(RootCertStore::empty())
}

fn with_roots(roots: RootCertStore) -> Result<ClientConfig, NoTls> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| NoTls::Versions)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Certificates for `localhost`, of no use elsewhere, and signed by themselves, each with its key (DER).
#[cfg(test)]
pub(crate) mod fixtures {
    pub(crate) type Pair = (&'static [u8], &'static [u8]);

    /// One that tests trust.
    pub(crate) const TRUSTED: Pair =
        (include_bytes!("tls/trusted.der"), include_bytes!("tls/trusted.key.der"));
    /// One that nobody does.
    pub(crate) const UNKNOWN: Pair =
        (include_bytes!("tls/unknown.der"), include_bytes!("tls/unknown.key.der"));
}
