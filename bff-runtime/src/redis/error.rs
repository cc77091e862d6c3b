use std::{error::Error as StdError, fmt};

/// Why Redis did not do what it was asked. The text has neither the address nor the password, and no value.
///
/// With `?` in a handler it becomes a 500 problem, as any error does; the log has the text.
///
/// ```
/// use bff::redis::Redis;
///
/// let error = Redis::connect("http://localhost").unwrap_err();
/// assert_eq!(error.to_string(), "the URL of Redis has to begin with `redis://`, `rediss://` or `unix://`");
/// assert!(!error.is_outage());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedisError {
    /// The URL cannot be used: a phrase that says what it lacks.
    Url(&'static str),
    /// There was no reply within the deadline, or no connection.
    TimedOut,
    /// The connection broke, or none could be made: what the system says of it.
    Disconnected(String),
    /// Redis has failed just now and nobody has found it well since, so it was not asked.
    Away,
    /// Redis refused: the code of its error reply, such as `NOAUTH`, `WRONGTYPE` or `OOM`.
    Refused(String),
    /// The reply is of another type than this command's.
    Mistyped,
}

impl RedisError {
    /// Whether Redis was not there to answer: what [`Refused`](Self::Refused) it is another matter.
    ///
    /// ```
    /// use bff::redis::RedisError;
    ///
    /// assert!(RedisError::Away.is_outage());
    /// assert!(!RedisError::Refused("WRONGTYPE".to_owned()).is_outage());
    /// ```
    pub fn is_outage(&self) -> bool {
        matches!(self, Self::TimedOut | Self::Disconnected(_) | Self::Away)
    }

    /// An error reply that says that nothing else would be answered either: Redis is starting, lost its primary, or
    /// wants a password that this connection has not given. A new connection may fare better.
    pub(super) fn is_of_connection(&self) -> bool {
        match self {
            Self::Refused(code) => {
                matches!(&**code, "NOAUTH" | "LOADING" | "MASTERDOWN" | "READONLY" | "CLUSTERDOWN")
            }
            other => other.is_outage(),
        }
    }
}

impl fmt::Display for RedisError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(reason) => write!(f, "the URL of Redis {reason}"),
            Self::TimedOut => f.write_str("Redis did not answer in time"),
            Self::Disconnected(reason) => write!(f, "there is no connection to Redis: {reason}"),
            Self::Away => f.write_str("Redis was not asked, as it has failed just now"),
            Self::Refused(code) => write!(f, "Redis refused with `{code}`"),
            Self::Mistyped => f.write_str("the reply of Redis has an unexpected type"),
        }
    }
}

impl StdError for RedisError {}

impl From<::redis::RedisError> for RedisError {
    fn from(error: ::redis::RedisError) -> Self {
        use ::redis::ErrorKind;
        // Details of a reply may quote what was sent, so only its code is kept.
        match error.kind() {
            ErrorKind::Server(_) | ErrorKind::Extension => {
                Self::Refused(error.code().unwrap_or("ERR").to_owned())
            }
            ErrorKind::AuthenticationFailed => {
                Self::Disconnected("it refuses the user or the password".to_owned())
            }
            ErrorKind::UnexpectedReturnType | ErrorKind::Parse => Self::Mistyped,
            _ if error.is_timeout() => Self::TimedOut,
            kind => Self::Disconnected(reason(&error, kind)),
        }
    }
}

/// Words for what happened, without anything that was configured.
fn reason(error: &::redis::RedisError, kind: ::redis::ErrorKind) -> String {
    if error.is_connection_refusal() {
        return "it was refused".to_owned();
    }
    let source = StdError::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    match source {
        Some(io) => io.kind().to_string(),
        None if kind == ::redis::ErrorKind::Io => "it broke".to_owned(),
        None => "the client gave up".to_owned(),
    }
}
