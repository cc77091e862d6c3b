use std::time::Duration;

use tokio::time::Instant;

/// How long an upstream may take for what (RW-34). `Duration::MAX` is no limit.
///
/// ```
/// use std::time::Duration;
/// use bff::upstream::{Timeouts, Upstream};
///
/// static REPORTS: Upstream = Upstream::from_env("REPORTS_URL")
///     .timeouts(Timeouts { head: Duration::from_secs(120), ..Timeouts::DEFAULT });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Until a connection is there, with its name resolved; 2 seconds.
    pub connect: Duration,
    /// From the end of the request to the head of the response; 30 seconds. While the body of the request is
    /// still moving, the upstream has all the time that the client takes.
    pub head: Duration,
    /// Between two pieces of the response's body; 60 seconds.
    pub idle: Duration,
    /// How long an upgraded connection, a WebSocket, may be silent on both sides; 10 minutes.
    pub tunnel: Duration,
}

impl Timeouts {
    /// What holds where nothing else is said.
    pub const DEFAULT: Self = Self {
        connect: Duration::from_secs(2),
        head: Duration::from_secs(30),
        idle: Duration::from_secs(60),
        tunnel: Duration::from_secs(600),
    };
}

impl Default for Timeouts {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A time that is never reached while the program runs, and that clocks can hold.
const NEVER: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// The time after this duration from now.
pub(super) fn after(duration: Duration) -> Instant {
    later(Instant::now(), duration)
}

/// The time after this duration from then.
pub(super) fn later(then: Instant, duration: Duration) -> Instant {
    then + duration.min(NEVER)
}
