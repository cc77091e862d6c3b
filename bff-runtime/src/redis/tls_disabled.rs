use ::redis::{AsyncConnectionConfig, ConnectionInfo, aio::MultiplexedConnection};

use super::RedisError;

/// What this build has no code for.
pub(super) enum Tls {}

impl Tls {
    pub(super) fn new() -> Result<Self, RedisError> {
        Err(RedisError::Url("asks for TLS, which needs the feature `tls`"))
    }

    pub(super) async fn connect(
        &self,
        _: &ConnectionInfo,
        _: AsyncConnectionConfig,
    ) -> Result<MultiplexedConnection, RedisError> {
        match *self {}
    }
}
