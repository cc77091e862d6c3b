//! Signing in at a provider, as OAuth 2.0 has it: there with a state of ours, back with a code, and on to the page
//! that was wanted, which is never one of another site.
//!
//! ```sh
//! cargo run -p patterns --bin sign_in
//! curl -i 'localhost:3000/login?target=/settings'
//! curl -i 'localhost:3000/login?target=https://evil.example'
//! ```

use std::sync::Arc;

use bff::{Error, Result, Secret};
use uuid::Uuid;

bff::app!(state = Provider, dir = "apps/sign_in/app");

/// Where the state and the target wait for the client to come back.
const PENDING: &str = "__Host-pending";

/// Stands for the provider. A real one is an HTTP client, which shows the client secret with every code.
#[derive(Clone)]
struct Provider {
    secret: Arc<Secret<String>>,
}

impl Provider {
    /// Where the client signs in.
    fn url(&self, state: Uuid) -> String {
        format!(
            "https://provider.example/authorize?client_id=patterns&response_type=code&state={state}"
        )
    }

    /// The id of a new session for this code, or nothing when the provider does not know it.
    async fn exchange(&self, code: &str) -> Result<Option<Uuid>> {
        if self.secret.expose().is_empty() {
            return Err(Error::msg("the provider refuses the client secret"));
        }
        Ok((code == "4711").then(Uuid::new_v4))
    }
}

#[tokio::main]
async fn main() -> Result {
    let secret = bff::env::secret("CLIENT_SECRET").unwrap_or_else(|_| "for development".into());
    bff::serve(app::router(Provider { secret: Arc::new(secret) })).await
}
