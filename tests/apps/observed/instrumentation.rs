use std::{
    convert::Infallible,
    sync::atomic::{AtomicUsize, Ordering},
};

use bff::{
    Error,
    instrumentation::{ErrorContext, RequestInfo},
};

use super::REPORTS;

/// How often `register` has run in this process.
pub(crate) static REGISTERED: AtomicUsize = AtomicUsize::new(0);

pub(crate) async fn register() -> Result<(), Infallible> {
    REGISTERED.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

/// Takes some of what it can be told by value and some by reference, in an order of its own.
pub(crate) async fn on_request_error(
    context: ErrorContext,
    error: &Error,
    request: &RequestInfo,
) -> bff::Result {
    let source = error
        .source()
        .map_or("", |source| if source.is::<std::fmt::Error>() { " fmt" } else { "" });
    let text = format!(
        "{:?} {} {}{} | {request} | {error}{source}",
        context.kind(),
        context.route().unwrap_or("-"),
        context.file(),
        if context.is_panic() { " panic" } else { "" },
    );
    REPORTS.tell(request.request_id().as_str(), text);
    match request.query() {
        Some("hook=fails") => Err(Error::msg("the hook failed")),
        Some("hook=panics") => panic!("the hook panicked"),
        Some("hook=never") => std::future::pending().await,
        _ => Ok(()),
    }
}
