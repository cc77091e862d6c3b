//! What a handler shares with the code around it, for the time of one request.
//!
//! A handler reaches it without passing anything on: while its future is polled, a thread-local names the
//! request's scope. Most requests never ask, and then there is none: entering costs two moves of a pointer.
//!
//! Code that a handler spawns is outside, as it may outlive the request.

use std::{
    cell::Cell,
    sync::{Arc, OnceLock},
};

use axum::{extract::Request, response::Response};

use crate::{
    after::Work, cookies::Cookies, draft::Draft, ending::Ending, env, request,
    request_id::RequestId, server_timing::ServerTiming, session::Session, webhook::Delivery,
};

/// What belongs to one request. Dropped, it is over.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// Whose redirects get it as a prefix; empty when the app is not nested.
    pub(crate) base_path: String,
    /// Tells who asked for it that the client has left. Before `after`, which may look at it.
    pub(crate) ending: Ending,
    /// Runs when the response has been sent.
    pub(crate) after: Work,
    /// The cookies, once somebody has asked for them.
    pub(crate) cookies: OnceLock<Cookies>,
    /// Keeps caches from the response of an editor.
    pub(crate) draft: OnceLock<Draft>,
    /// The message that the handler was given, which the status of the response decides on.
    pub(crate) delivery: OnceLock<Delivery>,
    /// On the response, once somebody has asked for it.
    pub(crate) request_id: OnceLock<RequestId>,
    /// Keeps caches from a response that depends on it.
    pub(crate) session: OnceLock<Session>,
    /// On the response, once something was measured.
    pub(crate) server_timing: OnceLock<ServerTiming>,
}

impl Scope {
    /// Puts on the head of the response what the handler has asked for, and tells who waits for its status.
    pub(crate) fn put_on(&self, response: &mut Response) {
        if let Some(delivery) = self.delivery.get() {
            delivery.answered(response.status());
        }
        if let Some(id) = self.request_id.get() {
            id.put_on(response.headers_mut());
        }
        if let Some(timing) = self.server_timing.get() {
            timing.put_on(response.headers_mut(), env::mode());
        }
        if let Some(session) = self.session.get() {
            session.forbid_caching(response.headers_mut());
        }
        if let Some(draft) = self.draft.get() {
            draft.forbid_caching(response.headers_mut());
        }
    }
}

#[derive(Default)]
enum Current {
    /// No handler is being polled on this thread.
    #[default]
    Outside,
    /// One is, and it may have asked for its scope.
    Inside(Option<Arc<Scope>>),
}

thread_local! {
    static CURRENT: Cell<Current> = const { Cell::new(Current::Outside) };
}

/// Runs `poll` inside the scope in `slot`, which it creates when the handler asks for it first.
pub(crate) fn enter<T>(slot: &mut Option<Arc<Scope>>, poll: impl FnOnce() -> T) -> T {
    let outer = CURRENT.replace(Current::Inside(slot.take()));
    // `poll` catches panics, so the next line always runs.
    let result = poll();
    if let Current::Inside(scope) = CURRENT.replace(outer) {
        *slot = scope;
    }
    result
}

impl Scope {
    /// What has to be known of the request before the handler takes it: the prefix below which the app is
    /// nested. Without one there is nothing to keep.
    pub(crate) fn of(request: &Request) -> Option<Arc<Self>> {
        let (uri, extensions) = (request.uri(), request.extensions());
        if request::is_as_sent(uri, extensions) {
            return None;
        }
        let base_path = request::base_path(uri, extensions).to_owned();
        (!base_path.is_empty()).then(|| Arc::new(Self { base_path, ..Self::default() }))
    }
}

/// Looks at the scope of the request whose handler is being polled, if it has one, and makes none.
pub(crate) fn peek<T>(look: impl FnOnce(&Scope) -> T) -> Option<T> {
    let current = CURRENT.take();
    let seen = match &current {
        Current::Inside(Some(scope)) => Some(look(scope)),
        Current::Inside(None) | Current::Outside => None,
    };
    CURRENT.set(current);
    seen
}

/// The scope of the request whose handler is being polled, if it has one; makes none.
pub(crate) fn existing() -> Option<Arc<Scope>> {
    match CURRENT.take() {
        Current::Outside => None,
        Current::Inside(scope) => {
            let existing = scope.clone();
            CURRENT.set(Current::Inside(scope));
            existing
        }
    }
}

/// The scope of the request whose handler is being polled; `None` outside of one.
pub(crate) fn current() -> Option<Arc<Scope>> {
    match CURRENT.take() {
        Current::Outside => None,
        Current::Inside(scope) => {
            let scope = scope.unwrap_or_default();
            CURRENT.set(Current::Inside(Some(Arc::clone(&scope))));
            Some(scope)
        }
    }
}
