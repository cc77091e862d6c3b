use std::{future::Future, pin::Pin, time::Duration};

use http::{StatusCode, header};

use super::{Keys, lifetime::lifetime};
use crate::upstream::Upstream;

/// Keys as they were fetched.
pub(super) struct Fetched {
    pub(super) keys: Keys,
    /// How long they are fresh.
    pub(super) lifetime: Duration,
}

/// Brings keys from where they are; the reason of a failure is for the log. A trait so that tests need neither a provider
/// nor its time.
pub(super) trait Fetch: Send + Sync + 'static {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<Fetched, String>> + Send + '_>>;
}

/// A document at a URL.
pub(super) struct Document {
    pub(super) upstream: Upstream,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

/// Sets have a few keys of a few hundred bytes, and certificates at most.
const LARGEST: usize = 256 * 1024;

/// For all of it. Whoever has to wait for keys waits no longer.
const PATIENCE: Duration = Duration::from_secs(5);

impl Fetch for Document {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<Fetched, String>> + Send + '_>> {
        Box::pin(async {
            let mut call = self.upstream.get(&*self.path).timeout(PATIENCE);
            for (name, value) in &self.query {
                call = call.query(name, value);
            }
            let call = call.header(header::ACCEPT, "application/jwk-set+json, application/json");
            let reply = call.send().await.map_err(|error| error.to_string())?;
            if reply.status() != StatusCode::OK {
                return Err(format!("the provider answered {}", reply.status().as_u16()));
            }
            let lifetime = lifetime(reply.headers());
            let json = reply.limit(LARGEST).bytes().await.map_err(|error| error.to_string())?;
            let keys = Keys::fetched(&json).map_err(|error| error.to_string())?;
            Ok(Fetched { keys, lifetime })
        })
    }
}
