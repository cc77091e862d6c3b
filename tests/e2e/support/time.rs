use std::time::Duration;

/// Waits for something that takes no time when all is well.
///
/// Nothing in these tests waits without it, so a test that would hang fails instead.
#[track_caller]
pub(crate) fn within<F: Future>(what: &'static str, future: F) -> impl Future<Output = F::Output> {
    let caller = std::panic::Location::caller();
    async move {
        match tokio::time::timeout(Duration::from_secs(5), future).await {
            Ok(output) => output,
            Err(_) => panic!("{what} takes more than five seconds, at {caller}"),
        }
    }
}
