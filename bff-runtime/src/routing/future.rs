use std::{
    any::Any,
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Waker, ready},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
    routing::future::RouteFuture,
};
use http::{HeaderMap, Method, StatusCode};
use http_body_util::BodyExt;
use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    Route,
    entry::HandlerFuture,
    framing::own_framing,
    head::{forget_length, strip_body},
    wishes::Wishes,
};
use crate::{
    ending,
    error::{self, Error, Problem, failure, is_failure, mark_failure, panic_text, tell_id},
    observe,
    policy::{Admission, Permit, Told, put_on},
    request_id::RequestId,
    response::broken_rule,
    scope::{self, Scope},
    start::NotStarted,
};

/// A response in the making: the handler runs, a panic in it is caught, and the result is fitted to the request.
#[must_use = "futures do nothing unless polled"]
pub(crate) struct ResponseFuture {
    inner: Inner,
    /// What the handler shares with the code around it, once it has asked for it.
    scope: Option<Arc<Scope>>,
    /// What the client asks of any response, where its headers say so.
    wishes: Option<Box<Wishes>>,
    /// Boxed, and absent for handlers without a policy: a future is moved a few times on its way.
    limits: Option<Box<Limits>>,
    /// The request was HEAD, so the body is left out.
    head: bool,
}

/// What a policy has for the handler and its response.
struct Limits {
    /// When the handler is given up.
    deadline: Option<Instant>,
    /// That time, coming. Nothing can end a handler before it waits, and most have answered by then.
    timer: Option<Pin<Box<Sleep>>>,
    headers: Option<Arc<HeaderMap>>,
    told: Told,
    /// Given back with the future, so when the response is there or nobody wants it any more.
    _permit: Option<Permit>,
}

/// A response in the making, and apart from it what it is told in the end: what is put on with it may be put on at once.
pub(crate) trait Untold: Unpin {
    /// The response as far as its handler and its request make it.
    fn poll_untold(&mut self, cx: &mut Context<'_>) -> Poll<Response>;

    /// What remains to be put on it, once it is there.
    fn told(&mut self) -> Option<Told>;
}

enum Inner {
    Handler(HandlerFuture, &'static Route),
    Axum(Pin<Box<RouteFuture<Infallible>>>),
    /// Boxed, because it is rare and large: every future of the app would be as large.
    Ready(Option<Box<Response>>),
}

impl ResponseFuture {
    pub(crate) fn handler(
        future: HandlerFuture,
        scope: Option<Arc<Scope>>,
        wishes: Option<Box<Wishes>>,
        head: bool,
        route: &'static Route,
    ) -> Self {
        Self { inner: Inner::Handler(future, route), scope, wishes, limits: None, head }
    }

    /// A response that axum's router brings; the endpoint inside has already fitted it.
    pub(super) fn axum(future: RouteFuture<Infallible>, head: bool) -> Self {
        Self { inner: Inner::Axum(Box::pin(future)), scope: None, wishes: None, limits: None, head }
    }

    pub(crate) fn ready(response: Response, request: &Request) -> Self {
        Self {
            inner: Inner::Ready(Some(Box::new(response))),
            scope: None,
            wishes: Wishes::of(request),
            limits: None,
            head: request.method() == Method::HEAD,
        }
    }

    /// The same as the policies have it. The time of the handler begins now.
    pub(crate) fn within(mut self, admission: Admission<'_>) -> Self {
        let Admission { timeout, headers, told, permit: _permit, .. } = admission;
        let timeout = timeout.filter(|_| matches!(self.inner, Inner::Handler(..)));
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let waits = deadline.is_some() || _permit.is_some();
        if waits || headers.is_some() || !told.is_nothing() {
            self.limits = Some(Box::new(Limits { deadline, timer: None, headers, told, _permit }));
        }
        self
    }
}

impl Untold for ResponseFuture {
    fn poll_untold(&mut self, cx: &mut Context<'_>) -> Poll<Response> {
        let Self { inner, scope, wishes, limits, head } = self;
        let mut response = match inner {
            Inner::Handler(future, route) => {
                // The future is not polled again after a panic, so nothing sees what the panic left behind.
                let poll = || catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
                let route: &'static Route = route;
                let response = match scope::enter(scope, poll) {
                    Ok(Poll::Pending) => {
                        ready!(overdue(limits.as_deref_mut(), cx));
                        // The handler ends here and now, inside its scope and with what it holds.
                        let given_up = std::mem::replace(inner, Inner::Ready(None));
                        let dropped = || catch_unwind(AssertUnwindSafe(|| drop(given_up)));
                        let _ = scope::enter(scope, dropped);
                        timed_out(route, &id_of(scope))
                    }
                    Ok(Poll::Ready(result)) => match result {
                        Ok(response) | Err(response) if broken_rule(&response).is_some() => {
                            refused(&response, route, &id_of(scope))
                        }
                        Err(response) if response.status() == StatusCode::INTERNAL_SERVER_ERROR => {
                            unexplained(response, route, &id_of(scope))
                        }
                        Ok(response) | Err(response) => response,
                    },
                    Err(panic) => panicked(&*panic, route, &id_of(scope)),
                };
                if response.status().is_server_error() && observe::is_on() {
                    observe::failed(&response, route);
                }
                response
            }
            Inner::Axum(future) => {
                let Ok(mut response) = ready!(future.as_mut().poll(cx));
                if *head {
                    forget_length(&mut response);
                }
                return Poll::Ready(response);
            }
            Inner::Ready(response) => *response.take().unwrap_or_default(),
        };
        if let Some(Limits { headers: Some(headers), .. }) = limits.as_deref() {
            put_on(headers, &mut response);
        }
        if let Some(wishes) = wishes {
            wishes.apply_conditions(&mut response);
        }
        if let Some(cookies) = scope.as_ref().and_then(|scope| scope.cookies.get()) {
            if is_failure(&response) {
                cookies.discard();
            } else {
                cookies.commit(response.headers_mut());
            }
        }
        if response.status().as_u16() >= 400 {
            // What was not started is logged once, for all requests.
            if is_failure(&response) && NotStarted::of(&response).is_none() {
                tell_id(&mut response, &id_of(scope));
            }
            Wishes::negotiate(wishes.as_deref(), &mut response);
        }
        own_framing(&mut response, *head);
        if *head {
            strip_body(&mut response);
        }
        if let Some(scope) = scope.take() {
            scope.put_on(&mut response);
            ending::follow(scope, &mut response, *head);
        }
        Poll::Ready(response)
    }

    fn told(&mut self) -> Option<Told> {
        self.limits.take().map(|limits| limits.told)
    }
}

/// The whole response, for whoever does not put more on it.
impl Future for ResponseFuture {
    type Output = Response;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Response> {
        let mut response = ready!(self.poll_untold(cx));
        if let Some(told) = self.told() {
            told.put_on(response.headers_mut());
        }
        Poll::Ready(response)
    }
}

/// The id of a request whose handler has failed.
#[cold]
fn id_of(scope: &mut Option<Arc<Scope>>) -> RequestId {
    RequestId::of_failure(scope.get_or_insert_default())
}

/// Ready when the time is over; for ever pending where there is no limit.
fn overdue(limits: Option<&mut Limits>, cx: &mut Context<'_>) -> Poll<()> {
    let Some(Limits { deadline: Some(deadline), timer, .. }) = limits else {
        return Poll::Pending;
    };
    timer.get_or_insert_with(|| Box::pin(sleep_until(*deadline))).as_mut().poll(cx)
}

/// The answer to a handler that took too long: 504 (RH-351). What it has prepared for its own answer is not for this
/// one.
#[cold]
fn timed_out(route: &Route, id: &RequestId) -> Response {
    tracing::error!(
        route = route.pattern(),
        file = route.file(),
        request_id = %id,
        "a handler took too long"
    );
    let mut response = Problem::new(StatusCode::GATEWAY_TIMEOUT)
        .detail("the answer took too long")
        .into_response();
    mark_failure(&mut response, Error::msg("the handler took too long"));
    response
}

/// The client learns that there is no answer, the log which rule of HTTP it broke (RH-079, RH-194).
#[cold]
fn refused(response: &Response, route: &Route, id: &RequestId) -> Response {
    let rule = broken_rule(response).unwrap_or_default();
    tracing::error!(
        route = route.pattern(),
        file = route.file(),
        request_id = %id,
        status = response.status().as_u16(),
        "not a response: {rule}",
    );
    failure(Error::msg(format_args!("not a response: {rule}")))
}

/// An extractor of axum's that meets a mistake of the program, such as a missing `Extension`, describes it to
/// the client, type names included. The client is told as little as of any other 500, the log all of it.
#[cold]
fn unexplained(response: Response, route: &Route, id: &RequestId) -> Response {
    if response.extensions().get::<Problem>().is_some() {
        return response;
    }
    let mut body = pin!(response.into_body().collect());
    // A refusal's text is in memory. Anything that is not is no text, and is not waited for.
    let text = match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(body)) => String::from_utf8_lossy(&body.to_bytes()).into_owned(),
        _ => String::new(),
    };
    tracing::error!(
        route = route.pattern(),
        file = route.file(),
        request_id = %id,
        error = text,
        "an extractor failed"
    );
    failure(Error::msg(text))
}

/// The answer to a panic: 500 without detail; the log has the rest (RH-074, RH-075).
#[cold]
fn panicked(panic: &(dyn Any + Send), route: &Route, id: &RequestId) -> Response {
    let text = panic_text(panic);
    tracing::error!(
        route = route.pattern(),
        file = route.file(),
        request_id = %id,
        panic = text,
        "a handler panicked"
    );
    error::panic(text)
}
