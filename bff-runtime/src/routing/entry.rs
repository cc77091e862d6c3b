use std::{fmt, pin::Pin, sync::Arc};

use axum::{extract::Request, response::Response};

use super::{HandlerInfo, RuleGuard, StaticParams};
use crate::{cookies::KeyRing, handler::SharedHandler};

/// A running handler. A refused argument ends it early, with the response as the error.
pub type HandlerFuture = Pin<Box<dyn Future<Output = Result<Response, Response>> + Send>>;

/// What is required of a request, being found out. A request that does not satisfy it ends here, with the response as
/// the error.
pub type RequireFuture = Pin<Box<dyn Future<Output = Result<Request, Response>> + Send>>;

/// One handler as its attribute emits it: plain data, no generics but the app's state.
pub struct Entry<S: 'static> {
    /// What is known about it.
    pub info: HandlerInfo,
    pub(super) run: Run<S>,
    pub(super) require: Option<fn(Request, &Arc<S>) -> RequireFuture>,
    /// What rules of `bff.toml` require, from the least to the most specific.
    pub(super) guards: &'static [RuleGuard<S>],
    pub(super) needs_axum: bool,
    pub(super) static_params: Option<StaticParams<S>>,
    /// The keys of draft mode, where the app has any.
    pub(super) draft_keys: Option<fn(&S) -> KeyRing>,
}

pub(super) enum Run<S: 'static> {
    /// Runs for each request.
    Function(fn(Request, &Arc<S>) -> HandlerFuture),
    /// Makes the handler, once.
    Factory(fn(&S) -> SharedHandler),
}

impl<S> Entry<S> {
    /// A handler that runs for each request. `needs_axum` is what [`Probe`](super::Probe) found.
    pub const fn function(
        info: HandlerInfo,
        needs_axum: bool,
        run: fn(Request, &Arc<S>) -> HandlerFuture,
    ) -> Self {
        Self::new(info, needs_axum, Run::Function(run))
    }

    const fn new(info: HandlerInfo, needs_axum: bool, run: Run<S>) -> Self {
        Self {
            info,
            run,
            require: None,
            guards: &[],
            needs_axum,
            static_params: None,
            draft_keys: None,
        }
    }

    /// A function that makes the handler. What it makes may use any extractor.
    pub const fn factory(info: HandlerInfo, make: fn(&S) -> SharedHandler) -> Self {
        Self::new(info, true, Run::Factory(make))
    }

    /// The same behind what is required of its requests. `needs_axum` is whether that may look at what only axum's
    /// router knows.
    #[must_use]
    pub const fn require(
        mut self,
        require: fn(Request, &Arc<S>) -> RequireFuture,
        needs_axum: bool,
    ) -> Self {
        self.require = Some(require);
        self.needs_axum |= needs_axum;
        self
    }

    /// The same behind what rules of `bff.toml` require, from the least to the most specific.
    #[must_use]
    pub const fn guarded(mut self, guards: &'static [RuleGuard<S>]) -> Self {
        let mut index = 0;
        while index < guards.len() {
            self.needs_axum |= guards[index].needs_axum;
            index += 1;
        }
        self.guards = guards;
        self
    }

    /// The same with the function that lists for which params it is made beforehand.
    #[must_use]
    pub const fn static_params(mut self, listed: StaticParams<S>) -> Self {
        self.static_params = Some(listed);
        self
    }

    /// The same with what tells that a request is an editor's, for whom nothing is kept.
    #[must_use]
    pub const fn draft_keys(mut self, keys: Option<fn(&S) -> KeyRing>) -> Self {
        self.draft_keys = keys;
        self
    }

    /// Stands for a handler with a mistake that has been reported, so that nothing else is.
    pub const fn refused() -> Self {
        Self::function(
            HandlerInfo::new("", &[], ""),
            false,
            |_, _| Box::pin(std::future::pending()),
        )
    }
}

impl<S> fmt::Debug for Entry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("info", &self.info).finish_non_exhaustive()
    }
}
