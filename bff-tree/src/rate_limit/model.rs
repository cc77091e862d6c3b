use std::time::Duration;

/// How often something may be asked for.
///
/// ```
/// use bff_tree::{RateLimit, RateLimitKey};
///
/// let limit = RateLimit::read("100/s burst 200 by header X-API-Key + ip").unwrap();
/// assert_eq!((limit.count, limit.period.as_secs(), limit.burst), (100, 1, 200));
/// assert_eq!(limit.by, [RateLimitKey::Header("x-api-key".to_owned()), RateLimitKey::Ip]);
///
/// let mistake = RateLimit::read("10/minute").unwrap_err();
/// assert_eq!(mistake.message, "`minute` is no unit of a rate");
/// assert_eq!(mistake.help, "write `10/min`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// So many, at least one and at most a million in a second.
    pub count: u32,
    /// In so long: whole seconds, a day at most.
    pub period: Duration,
    /// So many at once, when nothing has come for a while; at least `cost`.
    pub burst: u32,
    /// What one request takes; 1 unless it says so.
    pub cost: u32,
    /// Whose requests are counted together; never empty.
    pub by: Vec<RateLimitKey>,
    /// Nothing is refused; the log says what would have been.
    pub dry_run: bool,
    /// What holds when the store is away.
    pub outage: Outage,
    /// What it is called in the header fields; printable ASCII without quotation marks and backslashes. One is derived
    /// where there is none.
    pub name: Option<String>,
}

/// What requests have in common that are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RateLimitKey {
    /// The address of the client.
    Ip,
    /// The value of a header, whose name is in lower case.
    Header(String),
    /// The value of a cookie.
    Cookie(String),
    /// The session.
    Session,
    /// Who is logged in.
    User,
    /// What a function says, by its path.
    Function(String),
}

/// What holds when it is not known how much has been taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outage {
    /// Requests pass.
    #[default]
    Open,
    /// Requests are refused.
    Closed,
}

/// Why a text is no rate limit, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimitMistake {
    /// A phrase.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl RateLimitMistake {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}
