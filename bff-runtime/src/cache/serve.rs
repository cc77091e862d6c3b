use std::{future::ready, sync::Arc};

use axum::{
    extract::Request,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{
    Entry, Key, State,
    entry::{Answer, now},
    flights::Join,
    generate::{Made, Maker, make, regenerate},
    kept::{Outcome, Reason, outcome},
    plan::Plan,
    store,
};
use crate::{
    export::is_exporting, pipeline::DefaultHeaders, response::allow_ranges_again,
    routing::HandlerFuture,
};

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// Answers a GET or HEAD from the store, or from the handler, and then perhaps for all who ask the same.
///
/// Whatever looks at the request has done so: a hit is as well guarded as the handler. `maker` runs the handler.
#[inline]
pub(crate) fn serve(
    plan: &Arc<Plan>,
    request: Request,
    is_draft: bool,
    maker: impl FnOnce() -> Maker,
) -> HandlerFuture {
    if is_draft {
        return Box::pin(of_draft(maker()(request)));
    }
    if is_exporting(&request) {
        return Box::pin(for_file(Arc::clone(plan), maker()(plan.for_handler(request))));
    }
    let store = store();
    let Some(parts) = plan.key(&request).filter(|_| store.is_on()) else {
        return Box::pin(past_the_store(maker()(plan.for_handler(request))));
    };
    match store.look(parts.as_bytes()) {
        Some((entry, State::Fresh)) => {
            Box::pin(ready(Ok(plan.answer(&entry, Status::Hit(&entry)))))
        }
        Some((entry, State::Stale)) => {
            // One request makes it anew, when it may be tried.
            if entry.may_retry(now())
                && let Some(lead) = store.flights.lead(&parts.into_key())
            {
                regenerate(plan, maker(), plan.copy_for_handler(&request), lead);
            }
            Box::pin(ready(Ok(plan.answer(&entry, Status::Stale(&entry)))))
        }
        found => {
            let is_first = found.is_none();
            Box::pin(miss(Arc::clone(plan), maker(), request, parts.into_key(), is_first))
        }
    }
}

/// Nothing is there that could be sent: one request makes it, and all others wait for that one (RH-253, RH-254).
async fn miss(
    plan: Arc<Plan>,
    maker: Maker,
    request: Request,
    key: Key,
    is_first: bool,
) -> Result<Response, Response> {
    let store = store();
    loop {
        match store.flights.join(&key) {
            Join::Lead(lead) => {
                return match make(&plan, maker, plan.for_handler(request), lead).await {
                    Made::Found(entry) => Ok(plan.answer(&entry, Status::Hit(&entry))),
                    Made::Kept(entry) if is_first => Ok(plan.answer(&entry, Status::Stored)),
                    Made::Kept(entry) => Ok(plan.answer(&entry, Status::StoredAgain)),
                    Made::Passed(response, reason) => Ok(told(response, Status::Passed(reason))),
                };
            }
            Join::Follow(follow) => match follow.wait().await {
                // What was begun before somebody gave it up is no answer to who asked after that.
                Some(Some(entry)) if store.marks.state(&entry, now()) != State::Expired => {
                    return Ok(plan.answer(&entry, Status::Collapsed));
                }
                // It was for the leader alone, so everybody runs the handler for himself.
                Some(None) => return past_the_store(maker(plan.for_handler(request))).await,
                Some(Some(_)) | None => {}
            },
        }
    }
}

/// An editor sees what is there now, and nobody keeps it (RH-260, RH-373).
async fn of_draft(answer: HandlerFuture) -> Result<Response, Response> {
    const NEVER: HeaderValue =
        HeaderValue::from_static("private, no-cache, no-store, max-age=0, must-revalidate");
    let mut answered = past_the_store(answer).await;
    let (Ok(response) | Err(response)) = &mut answered;
    response.headers_mut().insert(header::CACHE_CONTROL, NEVER);
    // It gives way to nothing.
    response.extensions_mut().remove::<DefaultHeaders>();
    answered
}

/// A file is what this build says now, with the headers of an answer that is kept; what another has kept may be older.
async fn for_file(plan: Arc<Plan>, answer: HandlerFuture) -> Result<Response, Response> {
    Ok(match outcome(answer.await?, &plan, store().largest()).await {
        Outcome::Keep(answer) => plan.response(&answer),
        Outcome::Pass(response, _) => response,
    })
}

async fn past_the_store(answer: HandlerFuture) -> Result<Response, Response> {
    match answer.await {
        Ok(response) => Ok(told(response, Status::Bypass)),
        Err(response) => Err(told(response, Status::Bypass)),
    }
}

/// What `Cache-Status` says of a response (RFC 9211).
#[derive(Clone, Copy, Debug)]
enum Status<'a> {
    Hit(&'a Entry),
    /// Good for this once.
    Stale(&'a Entry),
    Stored,
    /// There was one that had been given up.
    StoredAgain,
    /// Made for another request.
    Collapsed,
    Passed(Reason),
    Bypass,
}

impl Plan {
    /// A response with what is kept.
    fn answer(&self, entry: &Entry, status: Status<'_>) -> Response {
        told(self.response(&entry.answer), status)
    }

    fn response(&self, answer: &Answer) -> Response {
        let mut response = answer.clone().into_response();
        allow_ranges_again(&mut response, &answer.body);
        // What the handler has said itself stays (RH-249); what was put in its place gives way to bff.toml (RH-250).
        if self.gives_way()
            && answer.headers.get(header::CACHE_CONTROL) == Some(&self.cache_control)
        {
            response.extensions_mut().insert(DefaultHeaders(&["cache-control"]));
        }
        response
    }
}

/// The response with its `Cache-Status`, and its age where it was kept.
fn told(mut response: Response, status: Status<'_>) -> Response {
    let headers = response.headers_mut();
    if let Status::Hit(entry) | Status::Stale(entry) = status {
        // RFC 9111 section 5.1: what is new is not of age 0 but of none.
        headers.insert(header::AGE, HeaderValue::from(entry.age(now()) / 1000));
    }
    append(headers, status);
    response
}

fn append(headers: &mut HeaderMap, status: Status<'_>) {
    let fixed = match status {
        Status::Hit(_) => "bff; hit",
        Status::Stored => "bff; fwd=uri-miss; stored",
        Status::StoredAgain => "bff; fwd=stale; stored",
        Status::Collapsed => "bff; fwd=uri-miss; collapsed",
        Status::Bypass => "bff; fwd=bypass",
        Status::Passed(reason) => {
            let text = format!("bff; fwd=uri-miss; detail={}", reason.as_str());
            // ASCII.
            headers.extend(HeaderValue::try_from(text).ok().map(|value| (CACHE_STATUS, value)));
            return;
        }
        Status::Stale(entry) => {
            let ttl = entry.remaining(now());
            let text = format!("bff; hit; ttl={ttl}; detail=stale");
            headers.extend(HeaderValue::try_from(text).ok().map(|value| (CACHE_STATUS, value)));
            return;
        }
    };
    headers.append(CACHE_STATUS, HeaderValue::from_static(fixed));
}
