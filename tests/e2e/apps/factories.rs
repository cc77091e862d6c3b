//! With state: handlers that a library brings ready-made, and what is composed of them.

use bff::axum::extract::FromRef;
use handler_library::AuthConfig;

bff::app!(state = Config, dir = "apps/factories/app");

/// The state of the app.
#[derive(Clone)]
pub(crate) struct Config {
    pub(crate) auth: AuthConfig,
    pub(crate) token: &'static str,
}

impl FromRef<Config> for AuthConfig {
    fn from_ref(config: &Config) -> Self {
        config.auth.clone()
    }
}
