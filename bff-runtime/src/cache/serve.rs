use std::{future::ready, sync::Arc};

use axum::{
    extract::Request,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, header};

use super::{
    Entry, Key, State,
    entry::{Answer, now},
    flights::Join,
    generate::{Made, Maker, make, regenerate},
    kept::{Outcome, outcome},
    plan::Plan,
    status::{self, Status},
    store,
};
use crate::{
    export::is_exporting, pipeline::DefaultHeaders, response::allow_ranges_again,
    routing::HandlerFuture,
};

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
        return Box::pin(of_draft(plan.run(maker(), request)));
    }
    if is_exporting(&request) {
        let answer = plan.run(maker(), plan.for_handler(request));
        return Box::pin(for_file(Arc::clone(plan), answer));
    }
    let store = store();
    let Some(parts) = plan.key(&request).filter(|_| store.is_on()) else {
        return Box::pin(past_the_store(plan.run(maker(), plan.for_handler(request))));
    };
    let now = now();
    match store.look_at(parts.as_bytes(), now) {
        Some((entry, State::Fresh)) => {
            Box::pin(ready(Ok(plan.answer(&entry, Status::Hit(entry.age(now))))))
        }
        Some((entry, State::Stale)) => {
            // One request makes it anew, when it may be tried.
            if entry.may_retry(now)
                && let Some(lead) = store.flights.lead(&parts.into_key())
            {
                regenerate(plan, maker(), plan.copy_for_handler(&request), lead);
            }
            let (age, ttl) = (entry.age(now), entry.remaining(now));
            Box::pin(ready(Ok(plan.answer(&entry, Status::Stale { age, ttl }))))
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
                    Made::Found(entry) => Ok(plan.answer(&entry, Status::Hit(entry.age(now())))),
                    Made::Kept(entry) if is_first => Ok(plan.answer(&entry, Status::Stored)),
                    Made::Kept(entry) => Ok(plan.answer(&entry, Status::StoredAgain)),
                    Made::Passed(response, reason) => {
                        Ok(told(response, Status::Passed { reason, is_first }))
                    }
                };
            }
            Join::Follow(follow) => match follow.wait().await {
                // What was begun before somebody gave it up is no answer to who asked after that.
                Some(Some(entry)) if store.marks.state(&entry, now()) != State::Expired => {
                    return Ok(plan.answer(&entry, Status::Collapsed));
                }
                // It was for the leader alone, so everybody runs the handler for himself.
                Some(None) => {
                    return past_the_store(plan.run(maker, plan.for_handler(request))).await;
                }
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
        Outcome::Keep(answer) => {
            let mut response = plan.response(&answer);
            status::remove(response.headers_mut());
            response
        }
        Outcome::Pass(response, _) => response,
    })
}

async fn past_the_store(answer: HandlerFuture) -> Result<Response, Response> {
    match answer.await {
        Ok(response) => Ok(told(response, Status::Bypass)),
        Err(response) => Err(told(response, Status::Bypass)),
    }
}

impl Plan {
    /// A response with what is kept.
    fn answer(&self, entry: &Entry, status: Status) -> Response {
        let mut response = self.response(&entry.answer);
        status.write(response.headers_mut());
        response
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

fn told(mut response: Response, status: Status) -> Response {
    status.append(response.headers_mut());
    response
}
