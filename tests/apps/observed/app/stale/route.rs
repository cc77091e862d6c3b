use std::sync::atomic::{AtomicUsize, Ordering};

/// Answers once, and fails when it is to answer anew.
#[bff::get(revalidate = "none", tags = ["observed-stale"])]
async fn once() -> bff::Result<&'static str> {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    match RUNS.fetch_add(1, Ordering::Relaxed) {
        0 => Ok("fine"),
        _ => Err(std::fmt::Error)?,
    }
}
