use std::sync::{Arc, Mutex, PoisonError};

use crate::redis::{Redis, RedisError};

/// One run of a Redis server, from its start to its end.
pub(super) type Life = Arc<str>;

/// Knows which life the connection of a [`Redis`] leads to.
///
/// A server does not change behind a connection, so it is asked once for each.
#[derive(Debug, Default)]
pub(super) struct Lives(Mutex<Option<(u64, Life)>>);

impl Lives {
    /// The life that the current connection leads to, and the number of the connection.
    ///
    /// # Errors
    /// When Redis is away, or does not say which life it is in.
    pub(super) async fn current(&self, redis: &Redis) -> Result<(u64, Life), RedisError> {
        let connection = match redis.connection() {
            Some(connection) => connection,
            None => {
                redis.ping().await?;
                redis.connection().ok_or(RedisError::Away)?
            }
        };
        if let Some((known, life)) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && *known == connection
        {
            return Ok((connection, Arc::clone(life)));
        }
        let info = redis.command(&["INFO", "server"]).await?.bytes()?.unwrap_or_default();
        let life = run_id(&info).ok_or(RedisError::Mistyped)?;
        same_connection(redis, connection)?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((connection, Arc::clone(&life)));
        Ok((connection, life))
    }
}

/// What was replied since `connection` was current comes from its server.
///
/// # Errors
/// When the connection was made again meanwhile: it may be another server's reply.
pub(super) fn same_connection(redis: &Redis, connection: u64) -> Result<(), RedisError> {
    match redis.connection() {
        Some(now) if now == connection => Ok(()),
        _ => Err(RedisError::Away),
    }
}

/// The `run_id` among the lines of `INFO`.
fn run_id(info: &[u8]) -> Option<Life> {
    let text = std::str::from_utf8(info).ok()?;
    let id = text.lines().find_map(|line| line.strip_prefix("run_id:"))?.trim();
    // It is stored with its length in one byte; the servers that there are have 40 digits.
    (!id.is_empty() && id.len() <= 255).then(|| id.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_the_run_id_of_the_server() {
        for (info, expected) in [
            ("# Server\r\nredis_version:7.0.15\r\nrun_id:0a1b\r\ntcp_port:1\r\n", Some("0a1b")),
            ("run_id:0a1b\n", Some("0a1b")),
            ("run_id:\r\n", None),
            ("# Server\r\n", None),
            ("", None),
        ] {
            assert_eq!(run_id(info.as_bytes()).as_deref(), expected, "{info}");
        }
        assert_eq!(run_id(b"run_id:\xff\r\n"), None);
        assert_eq!(run_id(format!("run_id:{}", "a".repeat(256)).as_bytes()), None);
    }
}
