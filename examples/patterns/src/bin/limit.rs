//! A rate limit at the top of a handler: 429 with `Retry-After`. It counts in memory, for this instance alone (RH-403).
//!
//! ```sh
//! cargo run -p patterns --bin limit
//! for i in 1 2 3 4; do curl -i localhost:3000/search; done
//! ```

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

bff::app!(state = Limits, dir = "limit/app");

const MINUTE: Duration = Duration::from_secs(60);
const REQUESTS: u32 = 3;

/// When the minute of each client began, and its requests since.
#[derive(Clone, Default)]
pub struct Limits(Arc<Mutex<HashMap<IpAddr, (Instant, u32)>>>);

impl Limits {
    /// How long the client has to wait, when it has asked too often.
    pub fn exceeded(&self, client: IpAddr) -> Option<Duration> {
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody can fill the memory with addresses: what is over is forgotten.
        clients.retain(|_, (since, _)| since.elapsed() < MINUTE);
        let (since, requests) = clients.entry(client).or_insert_with(|| (Instant::now(), 0));
        *requests += 1;
        (*requests > REQUESTS).then(|| MINUTE.saturating_sub(since.elapsed()))
    }
}

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router(Limits::default())).await
}
