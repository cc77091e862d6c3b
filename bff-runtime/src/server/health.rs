//! `/healthz` and `/readyz`, for whoever decides whether this instance lives and gets requests (rows DP-13, RH-433).

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Router,
    extract::Request,
    response::{IntoResponse as _, Response},
    routing::future::RouteFuture,
};
use http::{HeaderValue, Method, StatusCode, header};

use crate::{Problem, instrumentation, security_headers};

/// The process runs: always 200. Then the instance takes requests: 503 once it has been asked to stop.
const PATHS: [&str; 2] = ["/healthz", "/readyz"];

#[derive(Clone, Debug)]
pub(super) struct Health {
    answers: Router,
    stopping: Arc<AtomicBool>,
    /// Which of the two an app has a route file for. Nested below a prefix that is another path, which a 404 tells.
    claimed: [bool; 2],
}

/// Who answers a request.
pub(super) enum Asked {
    /// The app alone.
    App,
    /// The app, and this when it knows no such path.
    AppFirst,
    /// This: neither the proxy of the app nor anything around its router has a part in it.
    Health,
}

impl Health {
    pub(super) fn new() -> Self {
        let stopping = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&stopping);
        let answers = Router::new().fallback(move |request: Request| {
            let answer = answer(&request, seen.load(Ordering::Relaxed));
            async { answer }
        });
        Self { answers, stopping, claimed: PATHS.map(instrumentation::is_claimed) }
    }

    /// From here on the instance wants no more requests.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_asked(&self, path: &str) -> Asked {
        match PATHS.iter().position(|own| *own == path) {
            None => Asked::App,
            Some(index) if self.claimed[index] => Asked::AppFirst,
            Some(_) => Asked::Health,
        }
    }

    pub(super) fn answer(&self, request: Request) -> RouteFuture<Infallible> {
        tower::Service::call(&mut self.answers.clone(), request)
    }
}

fn answer(request: &Request, stopping: bool) -> Response {
    let mut response = if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = HeaderValue::from_static("GET, HEAD");
        Problem::new(StatusCode::METHOD_NOT_ALLOWED).header(header::ALLOW, allow).into_response()
    } else if stopping && request.uri().path() == PATHS[1] {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response()
    } else {
        "ok\n".into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    security_headers::put_defaults_on(&mut response);
    response
}
