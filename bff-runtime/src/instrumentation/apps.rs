//! The apps whose routers have been built, for the server that is about to serve some of them.
//!
//! A server is given a router, and nothing can be asked of one. So what has to be known before the first request is
//! kept here, by the runtime that the router was built on: a program has one, its tests have many, and the server of
//! one test has nothing to do with the app of another.

use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Handle, Id};

use super::Instrumentation;
use crate::{error::Result, routing::Route};

static BUILT: Mutex<Vec<Built>> = Mutex::new(Vec::new());

struct Built {
    /// None for a router that was built before there was a runtime.
    runtime: Option<Id>,
    what: What,
}

#[derive(Clone, Copy)]
enum What {
    Instrumentation(&'static Instrumentation),
    Routes(&'static [Route]),
}

impl What {
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Instrumentation(one), Self::Instrumentation(other)) => std::ptr::eq(one, other),
            (Self::Routes(one), Self::Routes(other)) => std::ptr::eq(one, other),
            _ => false,
        }
    }
}

fn note(what: What) {
    let runtime = Handle::try_current().ok().map(|runtime| runtime.id());
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if !built.iter().any(|other| other.runtime == runtime && other.what.is(what)) {
        built.push(Built { runtime, what });
    }
}

/// What was built for a server on this runtime.
fn known() -> Vec<What> {
    let runtime = Handle::try_current().ok().map(|runtime| runtime.id());
    let built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let own = built.iter().filter(|built| built.runtime.is_none() || built.runtime == runtime);
    own.map(|built| built.what).collect()
}

pub(super) fn instrumented(instrumentation: &'static Instrumentation) {
    note(What::Instrumentation(instrumentation));
}

/// A router with these routes has been built.
pub(crate) fn built(routes: &'static [Route]) {
    note(What::Routes(routes));
}

/// Runs the `register` of each app, in the order in which the apps were built.
pub(crate) async fn register() -> Result {
    for what in known() {
        if let What::Instrumentation(instrumentation) = what {
            instrumentation.register().await?;
        }
    }
    Ok(())
}

/// Whether a route file of some app answers at this path, unless its app is nested below another.
pub(crate) fn is_claimed(path: &str) -> bool {
    known().into_iter().any(|what| match what {
        What::Routes(routes) => routes.iter().any(|route| route.pattern() == path),
        What::Instrumentation(_) => false,
    })
}
