use governor::{
    clock::{Clock as GovernorClock, FakeRelativeClock},
    nanos::Nanos,
};
use tokio::time::Instant;

/// The time since the limiters of a router were made.
///
/// It is monotonic, so a step of the system's clock moves nothing; and it is tokio's, which tests can pause.
#[derive(Clone, Debug)]
pub(crate) enum Clock {
    Monotonic(Instant),
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
    Fake(FakeRelativeClock),
}

impl Clock {
    pub(super) fn start() -> Self {
        Self::Monotonic(Instant::now())
    }
}

impl GovernorClock for Clock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        match self {
            // Enough for 584 years.
            Self::Monotonic(start) => {
                u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX).into()
            }
            Self::Fake(clock) => clock.now(),
        }
    }
}
