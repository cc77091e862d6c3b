use std::{fmt, pin::Pin, sync::Arc};

use axum::{extract::Request, response::Response};
use http::{Method, request::Parts};

use super::{
    Next, Proxied, SharedProxy, carry_out::carry_out, next::Continue, nominated::remove_nominated,
};
use crate::{
    explain::{Explanation, Stage},
    instrumentation::ErrorKind,
    matching::{ProxyMatcher, Rule, Source, Subject},
    routing::{HandlerFuture, ResponseFuture, Route, Wishes},
    scope::Scope,
};

/// A running proxy that decides first.
pub type DecideFuture<'a> = Pin<Box<dyn Future<Output = Result<Proxied, Response>> + Send + 'a>>;

/// The proxy of an app as its attribute emits it: plain data.
pub struct ProxyEntry<S: 'static> {
    /// For the log, which names the file of what went wrong.
    described: Route,
    matcher: Option<&'static [Rule]>,
    exclude: &'static [Source],
    run: Run<S>,
}

enum Run<S: 'static> {
    Decide(for<'a> fn(&'a mut Parts, &'a S) -> DecideFuture<'a>),
    Around(fn(Request, Next, &Arc<S>) -> HandlerFuture),
    Factory(fn(&S) -> SharedProxy),
}

impl<S> ProxyEntry<S> {
    /// A proxy that decides first. `file` is for the log.
    pub const fn decide(
        file: &'static str,
        matcher: Option<&'static [Rule]>,
        exclude: &'static [Source],
        run: for<'a> fn(&'a mut Parts, &'a S) -> DecideFuture<'a>,
    ) -> Self {
        Self { described: described(file), matcher, exclude, run: Run::Decide(run) }
    }

    /// A proxy around the handler.
    pub const fn around(
        file: &'static str,
        matcher: Option<&'static [Rule]>,
        exclude: &'static [Source],
        run: fn(Request, Next, &Arc<S>) -> HandlerFuture,
    ) -> Self {
        Self { described: described(file), matcher, exclude, run: Run::Around(run) }
    }

    /// A proxy that a factory makes when the router is built.
    pub const fn factory(
        file: &'static str,
        matcher: Option<&'static [Rule]>,
        exclude: &'static [Source],
        make: fn(&S) -> SharedProxy,
    ) -> Self {
        Self { described: described(file), matcher, exclude, run: Run::Factory(make) }
    }

    /// Stands for a proxy with a mistake that has been reported.
    pub const fn refused() -> Self {
        Self::decide("", None, &[], |_, _| Box::pin(std::future::pending()))
    }
}

const fn described(file: &'static str) -> Route {
    Route::none(ErrorKind::Proxy, file)
}

impl<S> fmt::Debug for ProxyEntry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProxyEntry").field("matcher", &self.matcher).finish_non_exhaustive()
    }
}

/// A proxy that is ready to run.
pub(crate) struct Bound<S: 'static> {
    entry: &'static ProxyEntry<S>,
    /// `None` runs for every request.
    matcher: Option<ProxyMatcher>,
    run: Ready<S>,
}

/// How a proxy runs, with what its factory has made.
enum Ready<S: 'static> {
    Decide(for<'a> fn(&'a mut Parts, &'a S) -> DecideFuture<'a>),
    Around(fn(Request, Next, &Arc<S>) -> HandlerFuture),
    Made(SharedProxy),
}

impl<S: Send + Sync> Bound<S> {
    /// Runs the factory, if there is one; done once, when the router is built.
    pub(crate) fn new(entry: &'static ProxyEntry<S>, state: &S) -> Self {
        let matcher = ProxyMatcher::new(entry.matcher, entry.exclude);
        let matcher = matcher
            .inspect_err(|error| {
                // The build has checked every pattern, so this is a mistake of bff's. Better a check too many.
                tracing::error!(%error, file = entry.described.file(), "the proxy runs for every request");
            })
            .ok();
        let run = match entry.run {
            Run::Decide(run) => Ready::Decide(run),
            Run::Around(run) => Ready::Around(run),
            Run::Factory(make) => Ready::Made(make(state)),
        };
        Self { entry, matcher, run }
    }

    pub(crate) fn runs(&self, request: &Request) -> bool {
        self.matcher.as_ref().is_none_or(|matcher| matcher.runs(&Subject::of(request)))
    }

    /// The file that it stands in.
    pub(crate) fn file(&self) -> &'static str {
        self.entry.described.file()
    }

    /// Says whether it runs for a request.
    #[cold]
    pub(crate) fn explain(&self, request: &Request, explanation: &mut Explanation) {
        let text = if self.runs(request) {
            "runs; it is taken to go on"
        } else {
            "does not run for this request"
        };
        explanation.add(Stage::Proxy, text, Some(self.file().to_owned()));
    }

    /// The answer to a request that it runs for.
    ///
    /// The proxy is a handler around the others: its panics, errors, cookies and work for later are those of any
    /// handler, in a scope of its own.
    pub(crate) fn call(
        &self,
        mut request: Request,
        state: &Arc<S>,
        continuation: Arc<dyn Continue>,
    ) -> ResponseFuture {
        remove_nominated(request.headers_mut());
        let head = request.method() == Method::HEAD;
        let wishes = Wishes::of(&request);
        let scope = Scope::of(&request);
        let next = Next::new(continuation);
        let future: HandlerFuture = match &self.run {
            Ready::Around(run) => run(request, next, state),
            Ready::Made(proxy) => proxy.call(request, next),
            &Ready::Decide(run) => {
                let state = Arc::clone(state);
                Box::pin(async move {
                    let (mut parts, body) = request.into_parts();
                    let proxied = run(&mut parts, &state).await?;
                    Ok(carry_out(proxied, Request::from_parts(parts, body), next).await)
                })
            }
        };
        ResponseFuture::handler(future, scope, wishes, head, &self.entry.described)
    }
}
