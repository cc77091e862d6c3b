use std::{fmt, sync::Arc, time::Duration};

use ::redis::{Client, Cmd, ConnectionAddr, IntoConnectionInfo, cmd};
use tokio::time::timeout;

use super::{Link, RedisError, Reply, Script, tls::Tls};
use crate::env;

/// A connection to Redis that all clones share; see [`redis`](crate::redis).
///
/// Keys and values are any bytes; texts are bytes too.
///
/// # Errors
/// Every call fails with a [`RedisError`] when Redis is away, and no later than after [`DEADLINE`](Self::DEADLINE).
#[derive(Clone)]
pub struct Redis(Arc<Link>);

impl Redis {
    /// How long a call waits for its reply, and for a connection when there is none.
    pub const DEADLINE: Duration = Duration::from_millis(30);

    /// The variable that names the Redis of an app.
    pub const VARIABLE: &'static str = "BFF_REDIS_URL";

    /// The Redis of this URL. Nothing is connected before something is asked.
    ///
    /// ```
    /// # fn main() -> Result<(), bff::redis::RedisError> {
    /// let redis = bff::redis::Redis::connect("redis://:secret@127.0.0.1:6379/2")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`RedisError::Url`] when the URL cannot be read, or is of a kind that this build has no code for: `rediss` needs the
    /// feature `tls`.
    pub fn connect(url: &str) -> Result<Self, RedisError> {
        let (scheme, _) = url.split_once("://").unwrap_or_default();
        if !matches!(scheme, "redis" | "rediss" | "valkey" | "valkeys" | "unix" | "redis+unix") {
            return Err(RedisError::Url("has to begin with `redis://`, `rediss://` or `unix://`"));
        }
        let tls = match scheme {
            "rediss" | "valkeys" if url.ends_with("#insecure") => {
                return Err(RedisError::Url("asks for a certificate that nobody checks"));
            }
            "rediss" | "valkeys" => Some(Tls::new()?),
            _ => None,
        };
        // What the client of the crate would do for TLS is done here: it takes whichever provider the program has.
        let plain = match &tls {
            Some(_) => url.replacen("s://", "://", 1),
            None => url.to_owned(),
        };
        let info = plain.into_connection_info();
        let info = info.map_err(|_| RedisError::Url("cannot be read"))?;
        if cfg!(not(unix)) && matches!(info.addr(), ConnectionAddr::Unix(_)) {
            return Err(RedisError::Url("is that of a socket file, which this system has not"));
        }
        // A command is one small packet, and somebody waits for it.
        let info =
            info.set_tcp_settings(::redis::io::tcp::TcpSettings::default().set_nodelay(true));
        let client = Client::open(info).map_err(|_| RedisError::Url("cannot be read"))?;
        Ok(Self(Link::new(client, tls)))
    }

    /// The Redis that `BFF_REDIS_URL` names; `None` when it is not set, or empty.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub fn from_env() -> Result<Option<Self>, RedisError> {
        match env::var_opt(Self::VARIABLE) {
            Some(url) if !url.is_empty() => Self::connect(&url).map(Some),
            _ => Ok(None),
        }
    }

    /// Asks whether Redis answers.
    pub async fn ping(&self) -> Result<(), RedisError> {
        self.send(&cmd("PING")).await.map(drop)
    }

    /// The value of a key (`GET`).
    pub async fn get(&self, key: impl AsRef<[u8]>) -> Result<Option<Vec<u8>>, RedisError> {
        self.send(cmd("GET").arg(key.as_ref())).await?.bytes()
    }

    /// Sets a key, for so long (`SET … PX`).
    pub async fn set_ex(
        &self,
        key: impl AsRef<[u8]>,
        value: impl AsRef<[u8]>,
        ttl: Duration,
    ) -> Result<(), RedisError> {
        let mut command = cmd("SET");
        command.arg(key.as_ref()).arg(value.as_ref()).arg("PX").arg(millis(ttl));
        self.send(&command).await.map(drop)
    }

    /// Sets a key that is not there, for so long (`SET … PX … NX`); false when it is.
    pub async fn set_nx_ex(
        &self,
        key: impl AsRef<[u8]>,
        value: impl AsRef<[u8]>,
        ttl: Duration,
    ) -> Result<bool, RedisError> {
        let mut command = cmd("SET");
        command.arg(key.as_ref()).arg(value.as_ref()).arg("PX").arg(millis(ttl)).arg("NX");
        self.send(&command).await.map(|reply| reply != Reply::Nil)
    }

    /// Lets a key live for so long from now (`PEXPIRE`); false when it is not there.
    pub async fn expire(&self, key: impl AsRef<[u8]>, ttl: Duration) -> Result<bool, RedisError> {
        let reply = self.send(cmd("PEXPIRE").arg(key.as_ref()).arg(millis(ttl))).await?;
        Ok(reply.integer()? == 1)
    }

    /// Removes a key (`DEL`); false when it was not there.
    pub async fn del(&self, key: impl AsRef<[u8]>) -> Result<bool, RedisError> {
        Ok(self.send(cmd("DEL").arg(key.as_ref())).await?.integer()? == 1)
    }

    /// Any command, word by word.
    ///
    /// ```
    /// # use bff::redis::{Redis, RedisError};
    /// async fn visits(redis: &Redis) -> Result<i64, RedisError> {
    ///     redis.command(&["INCR", "visits"]).await?.integer()
    /// }
    /// ```
    ///
    /// Commands that wait (`BLPOP`) or change the connection (`SELECT`, `SUBSCRIBE`, `MULTI`) are not for a connection
    /// that others use as well.
    pub async fn command(&self, words: &[impl AsRef<[u8]>]) -> Result<Reply, RedisError> {
        let mut command = Cmd::new();
        for word in words {
            command.arg(word.as_ref());
        }
        self.send(&command).await
    }

    /// Runs a script (`EVALSHA`, and `EVAL` when Redis does not know it, as after a flush of its scripts).
    pub async fn invoke(
        &self,
        script: &Script,
        keys: &[impl AsRef<[u8]>],
        args: &[impl AsRef<[u8]>],
    ) -> Result<Reply, RedisError> {
        let command = |name: &str, which: &str| {
            let mut command = cmd(name);
            command.arg(which).arg(keys.len());
            for word in keys {
                command.arg(word.as_ref());
            }
            for word in args {
                command.arg(word.as_ref());
            }
            command
        };
        let both = async {
            match self.0.send(&command("EVALSHA", script.hash())).await {
                Err(RedisError::Refused(code)) if code == "NOSCRIPT" => {
                    self.0.send(&command("EVAL", script.text())).await
                }
                other => other,
            }
        };
        self.in_time(both).await
    }

    /// The number of the connection that calls use now; a new one has another. `None` while there is none.
    pub(crate) fn connection(&self) -> Option<u64> {
        self.0.epoch()
    }

    async fn send(&self, command: &Cmd) -> Result<Reply, RedisError> {
        self.in_time(self.0.send(command)).await
    }

    /// Whatever is done, it is over at the deadline.
    async fn in_time(
        &self,
        call: impl Future<Output = Result<Reply, RedisError>>,
    ) -> Result<Reply, RedisError> {
        let epoch = self.0.epoch();
        let result = timeout(Self::DEADLINE, call).await;
        let result = result.unwrap_or(Err(RedisError::TimedOut));
        if let Err(error) = &result {
            self.0.failed(epoch, error);
        }
        result
    }
}

/// Redis wants at least one.
fn millis(ttl: Duration) -> u64 {
    u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX).clamp(1, i64::MAX as u64 / 2)
}

/// Says nothing of the URL, which may have a password.
impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis").finish_non_exhaustive()
    }
}
