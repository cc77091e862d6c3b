use std::{future::ready, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    extract::Request,
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::{
    Entry, State,
    entry::now,
    flights::Lead,
    kept::{Outcome, Reason, outcome},
    plan::Plan,
    store,
};
use crate::{
    observe,
    policy::{Admission, Gate, Permit},
    routing::{HandlerFuture, ResponseFuture},
    scope::Scope,
};

/// Runs the handler.
pub(crate) type Maker = Box<dyn FnOnce(Request) -> HandlerFuture + Send>;

type Leading = Lead<Option<Arc<Entry>>>;

/// What has become of an answer that was missing.
#[derive(Debug)]
pub(super) enum Made {
    /// It was there after all: another request or another instance had just made it.
    Found(Arc<Entry>),
    Kept(Arc<Entry>),
    /// It is for the one who asked.
    Passed(Response, Reason),
}

/// So many answers are made anew at a time; the others wait, and stale ones are sent meanwhile.
static REGENERATIONS: Semaphore = Semaphore::const_new(64);

/// How long a handler has for making an answer anew, where no timeout is set. Nobody waits for it, but while it runs no
/// other is tried.
const LONGEST: Duration = Duration::from_secs(60);

/// Makes what is missing, for this request and all that wait for it.
pub(super) async fn make(plan: &Arc<Plan>, maker: Maker, request: Request, lead: Leading) -> Made {
    let store = store();
    // Between the look and the lead another may have landed.
    let found = match store.look(lead.key().as_bytes()) {
        Some((entry, State::Fresh | State::Stale)) => Some(entry),
        _ => {
            let fetched = store.fetch(lead.key()).await.map(|(entry, _)| entry);
            fetched.inspect(|entry| store.remember(lead.key(), entry))
        }
    };
    if let Some(entry) = found {
        lead.land(Some(Arc::clone(&entry)));
        return Made::Found(entry);
    }
    let made = run(plan, |request| plan.run(maker, request), request, &lead, None).await;
    lead.land(match &made {
        Made::Found(entry) | Made::Kept(entry) => Some(Arc::clone(entry)),
        Made::Passed(..) => None,
    });
    made
}

/// Makes a stale answer anew, with nobody waiting (RH-252).
pub(super) fn regenerate(plan: &Arc<Plan>, maker: Maker, request: Request, lead: Leading) {
    let plan = Arc::clone(plan);
    // Its failure is that of the request that has caused it.
    tokio::spawn(observe::behind(async move {
        let store = store();
        let (_turn, place) = places(&plan).await;
        if let Some((entry, State::Fresh)) = store.fetch(lead.key()).await {
            store.remember(lead.key(), &entry);
            lead.land(Some(entry));
            return;
        }
        let limit = plan.timeout.unwrap_or(LONGEST);
        // The time is that of the body as well: one that never ends would keep its turn, and all who wait for it.
        let maker = |request| placed(place, maker(request));
        let run = AssertUnwindSafe(run(&plan, maker, request, &lead, Some(limit)));
        let failed = |status: Option<u16>, why: &str| {
            // The old one is better than none (RH-255, RH-256).
            store.back_off(lead.key());
            tracing::warn!(
                route = plan.route().pattern(),
                file = plan.route().file(),
                status,
                why,
                "a stale answer could not be made anew, and is sent for some time more"
            );
        };
        match timeout(limit, run.catch_unwind()).await {
            Err(_) => failed(None, "it took too long"),
            Ok(Err(_)) => failed(None, "its body panicked"),
            Ok(Ok(Made::Found(entry) | Made::Kept(entry))) => return lead.land(Some(entry)),
            Ok(Ok(Made::Passed(response, reason))) => {
                if response.status().is_server_error() || reason == Reason::Body {
                    failed(Some(response.status().as_u16()), reason.as_str());
                } else {
                    // What the handler says now is right: it is gone, or no longer for everybody.
                    store.forget(lead.key()).await;
                }
            }
        }
        lead.land(None);
    }));
}

/// A turn, and a place with the handler where there are so many: neither is held while the other is waited for, as it
/// would be missing elsewhere.
async fn places(plan: &Plan) -> (Option<SemaphorePermit<'static>>, Option<Permit>) {
    loop {
        // The semaphore is never closed.
        let turn = REGENERATIONS.acquire().await.ok();
        let Some(gate) = &plan.gate else { return (turn, None) };
        if let Ok(place) = gate.enter() {
            return (turn, Some(place));
        }
        drop(turn);
        let place = gate.wait().await;
        if let Ok(turn) = REGENERATIONS.try_acquire() {
            return (Some(turn), place);
        }
    }
}

impl Plan {
    /// Runs the handler for a request, if there is room for one more.
    pub(super) fn run(&self, maker: Maker, request: Request) -> HandlerFuture {
        match self.gate.as_ref().map(Gate::enter).transpose() {
            Ok(place) => placed(place, maker(request)),
            Err(problem) => Box::pin(ready(Err(problem.into_response()))),
        }
    }
}

/// The answer of a handler, which has its place until then.
fn placed(place: Option<Permit>, answer: HandlerFuture) -> HandlerFuture {
    match place {
        None => answer,
        Some(place) => Box::pin(async move {
            let _place = place;
            answer.await
        }),
    }
}

/// Runs the handler as for a request of its own, and keeps what it answers.
async fn run(
    plan: &Arc<Plan>,
    maker: impl FnOnce(Request) -> HandlerFuture,
    request: Request,
    lead: &Leading,
    timeout: Option<Duration>,
) -> Made {
    let store = store();
    // Both before the handler looks at anything: what is given up while it runs is given up in its answer as well.
    let (as_of, made_at) = (store.marks.version(), now());
    let terms = plan.terms(request.uri().path());
    let scope = Scope::of(&request);
    // A scope of its own. In that of the request a requirement may have read cookies that are not in the key.
    let answer = ResponseFuture::handler(maker(request), scope, None, false, plan.route());
    let response = answer.within(Admission { timeout, ..Admission::default() }).await;
    let Some(terms) = terms else { return Made::Passed(response, Reason::Tag) };
    match outcome(response, plan, store.largest()).await {
        Outcome::Pass(response, reason) => Made::Passed(response, reason),
        Outcome::Keep(answer) => {
            let entry = Arc::new(Entry::new(answer, terms, made_at, as_of));
            store.keep(lead.key(), &entry).await;
            Made::Kept(entry)
        }
    }
}
