use std::{fmt, net::IpAddr, sync::Arc};

use http::Uri;

use super::{Algorithm, JwtError, KeyError, Keys, cache::Cache, fetch::Document, key_error::Kind};
use crate::upstream::Upstream;

/// The keys of a provider, at the URL that it calls `jwks_uri`: fetched when the first token comes, and again when they
/// are replaced.
///
/// ```
/// use bff::jwt::Jwks;
///
/// # if cfg!(feature = "tls") {
/// let keys = Jwks::at("https://issuer.example/.well-known/jwks.json")?;
/// # }
/// # Ok::<(), bff::jwt::KeyError>(())
/// ```
///
/// - They are fresh for as long as `Cache-Control: max-age` says, five minutes to a day; for an hour when it says
///   nothing. After three quarters of that time they are fetched anew in the background.
/// - A token with a `kid` that is not known has them fetched once more, once a minute at most.
/// - However many tokens wait for keys, one request is sent.
/// - When the provider cannot be asked, they are used for a day after they were fresh, and the log says so. Without any,
///   tokens are answered 503, and not 401: they may be good.
///
/// Of a set, the public keys for signatures are used, without private ones, secrets, and what is not safe. A clone
/// shares what was fetched.
#[derive(Clone)]
pub struct Jwks(Arc<Cache>);

impl Jwks {
    /// The keys at this URL, which is `https`, and needs the feature `tls`. On this machine, as in tests, it may be
    /// `http`.
    ///
    /// To be called when the app starts. A URL that depends on a request or a token would let its sender choose the
    /// keys.
    ///
    /// # Errors
    /// When it is no such URL, and always while a handler runs.
    pub fn at(url: impl AsRef<str>) -> Result<Self, KeyError> {
        let refuse = |why| KeyError::new(Kind::Url(why));
        let url = url.as_ref();
        if url.contains('#') {
            return Err(refuse("has a fragment"));
        }
        let uri: Uri = url.parse().map_err(|_| refuse("is no URL"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(refuse("has no scheme or no host"));
        };
        match scheme {
            "https" if cfg!(feature = "tls") => {}
            "https" => return Err(refuse("is `https`, which needs the feature `tls` of bff")),
            // Whoever sits on the way could send keys of their own.
            "http" if is_here(authority.host()) => {}
            _ => return Err(refuse("is not `https`")),
        }
        let upstream = Upstream::at_start(format!("{scheme}://{authority}"))
            .map_err(|_| refuse("is none that can be asked at start"))?;
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        Ok(Self(Cache::new(Document {
            upstream,
            path: uri.path().to_owned(),
            query: query.into_owned().collect(),
        })))
    }

    #[cfg(test)]
    pub(super) fn fetched_by(fetch: impl super::fetch::Fetch) -> Self {
        Self(Cache::new(fetch))
    }

    pub(super) async fn keys_for(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
    ) -> Result<Arc<Keys>, JwtError> {
        self.0.keys_for(algorithm, kid).await
    }
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Debug for Jwks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwks").finish_non_exhaustive()
    }
}
