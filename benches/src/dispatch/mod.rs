//! One request through a router, in process: what of it is the framework's?
//!
//! Everything runs on one thread and no future ever waits, so a run of a given length executes the same
//! instructions each time, and the difference of two runs is that of the requests alone.

mod by_hand;
mod fifty_one;
pub mod fixture;
mod fronted;
mod guarded;
pub mod model;
mod one;
mod request;
mod subject;

use std::{
    pin::{Pin, pin},
    process::ExitCode,
    task::{Context, Poll, Waker},
};

use axum::{body::Body, response::Response};
use http_body::Body as _;
use tokio::runtime::{Builder, Runtime};

pub use self::{request::Kind, subject::Subject};

/// What a benchmark binary was asked to do.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Who answers.
    pub subject: Subject,
    /// Which request is sent.
    pub kind: Kind,
    /// How many routes the router has.
    pub routes: usize,
    /// How many requests are sent.
    pub requests: usize,
}

impl Run {
    /// Reads `<subject> <routes> <n> [kind]`.
    ///
    /// # Errors
    /// A sentence for the terminal when an argument is missing or unknown.
    pub fn from_args(args: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let args: Vec<String> = args.into_iter().skip(1).collect();
        let [subject, routes, requests, kind @ ..] = args.as_slice() else {
            return Err("usage: <axum|bff|fronted|guarded|bare|request> <1|51> <n> \
                 [param|text|post|renamed|page|form]"
                .to_owned());
        };
        Ok(Self {
            subject: subject.parse()?,
            kind: kind.first().map_or(Ok(Kind::Param), |kind| kind.parse())?,
            routes: match routes.parse() {
                Ok(routes @ (1 | 51)) => routes,
                _ => return Err(format!("`{routes}` is not a number of routes: 1 or 51")),
            },
            requests: requests
                .parse()
                .map_err(|error| format!("`{requests}` is not a number of requests: {error}"))?,
        })
    }

    /// Sends the requests and gives the bytes that came back, so that nothing of it is optimised away.
    pub fn send(self) -> usize {
        let runtime = runtime();
        let _inside = runtime.enter();
        let mut service = self.subject.service(self.routes);
        let template = self.kind.template();
        (0..self.requests).map(|_| drain(poll_once(service.answer(template.request())))).sum()
    }
}

/// The `main` of the binaries that only send requests.
pub fn run() -> ExitCode {
    match Run::from_args(std::env::args()) {
        Ok(run) => {
            println!("{} bytes", run.send());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Timers are made in it. None is ever waited for, so nothing runs it.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("a runtime without threads")
}

/// The output of a future that is ready at once, as every future here is.
fn poll_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("no handler of the benchmark waits"),
    }
}

/// Takes the body as hyper does, frame by frame, and gives its length.
fn drain(response: Response<Body>) -> usize {
    let mut body = response.into_body();
    let mut length = 0;
    while !body.is_end_stream() {
        match Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(Ok(frame))) => length += frame.data_ref().map_or(0, |data| data.len()),
            Poll::Ready(None) => break,
            Poll::Ready(Some(Err(error))) => panic!("a body of the benchmark broke off: {error}"),
            Poll::Pending => panic!("no body of the benchmark waits"),
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};

    use super::*;

    /// Status, content type and length of the body. `Content-Length` is left out: axum sets it in its own
    /// routes, hyper in all others.
    fn answer(
        subject: Subject,
        routes: usize,
        kind: Kind,
    ) -> (StatusCode, Option<HeaderValue>, usize) {
        let runtime = runtime();
        let _inside = runtime.enter();
        let response = poll_once(subject.service(routes).answer(kind.template().request()));
        (response.status(), response.headers().get(CONTENT_TYPE).cloned(), drain(response))
    }

    #[test]
    fn the_hand_written_router_and_the_app_answer_alike() {
        for routes in [1, 51] {
            for kind in [Kind::Param, Kind::Text, Kind::Post] {
                let by_hand = answer(Subject::Axum, routes, kind);
                assert_eq!(by_hand.0, 200, "{kind:?} with {routes} routes");
                for subject in [Subject::Bff, Subject::Fronted] {
                    let own = answer(subject, routes, kind);
                    assert_eq!(own, by_hand, "{subject:?}: {kind:?} with {routes} routes");
                }
            }
        }
        for kind in [Kind::Page, Kind::Form] {
            let plain = answer(Subject::Bff, 1, kind);
            assert_eq!(plain.0, 200, "{kind:?}");
            assert_eq!(answer(Subject::Guarded, 1, kind), plain, "{kind:?}");
        }
        let text = answer(Subject::Bff, 1, Kind::Text);
        assert_eq!(answer(Subject::Fronted, 1, Kind::Renamed), text);
    }
}
