use std::sync::atomic::{AtomicUsize, Ordering};

use bff::{Handler, Request, State, get, http::Method, post};

use crate::apps::catalog::{Catalog, Visits};

/// Runs once; the closure it gives serves both methods.
#[get]
#[post]
fn counting(State(catalog): State<Catalog>) -> impl Handler {
    let run = catalog.factory_runs.add();
    let calls = AtomicUsize::new(0);
    move |request: Request| {
        let call = calls.fetch_add(1, Ordering::SeqCst) + 1;
        let method: Method = request.method().clone();
        async move { format!("run {run}, call {call}, {method}") }
    }
}

/// Another factory of the same route, with a part of the state.
#[bff::delete]
fn part(State(visits): State<Visits>) -> impl Handler {
    move |_: Request| {
        let visits = visits.clone();
        async move { format!("{} visits", visits.count()) }
    }
}

/// A panic inside a value that was made once does no harm to the next request.
#[bff::put]
fn panicking() -> impl Handler {
    |request: Request| {
        assert!(!request.uri().path().ends_with("factory"), "secret");
        async { "with a slash" }
    }
}
