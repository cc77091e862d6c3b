//! A limit on requests, at the top of the handler that needs it.
//!
//! ```sh
//! cargo run -p patterns --bin rate_limit
//! curl localhost:3000/search
//! for i in 1 2 3 4 5; do curl -i localhost:3000/search; done
//! ```

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bff::{
    Problem, Result,
    http::{HeaderValue, StatusCode, header},
};

bff::app!(state = Limiter, dir = "apps/rate_limit/app");

const REQUESTS: u32 = 5;
const WINDOW: Duration = Duration::from_secs(60);

/// Counts the requests of each address within a minute that is the same for all.
///
/// What it does not do: each instance of the app counts for itself, and from scratch after a restart; a client can
/// send twice as much around the turn of the minute, and one with an IPv6 network has addresses without end. Behind
/// a proxy all clients are one, unless the app has [`TrustedProxies`](bff::request::TrustedProxies).
#[derive(Clone)]
struct Limiter(Arc<Mutex<(Instant, HashMap<IpAddr, u32>)>>);

impl Limiter {
    fn new() -> Self {
        Self(Arc::new(Mutex::new((Instant::now(), HashMap::new()))))
    }

    /// Counts a request, and answers 429 to one too many.
    fn check(&self, client: IpAddr) -> Result {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, counts) = &mut *window;
        if start.elapsed() >= WINDOW {
            *start = Instant::now();
            // All of them, so that what has been counted never fills the memory.
            counts.clear();
        }
        let count = counts.entry(client).or_default();
        if *count < REQUESTS {
            *count += 1;
            return Ok(());
        }
        let seconds = WINDOW.saturating_sub(start.elapsed()).as_secs() + 1;
        Err(Problem::new(StatusCode::TOO_MANY_REQUESTS)
            .header(header::RETRY_AFTER, HeaderValue::from(seconds))
            .into())
    }
}

#[tokio::main]
async fn main() -> Result {
    bff::serve(app::router(Limiter::new())).await
}
