use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{extract::Request, response::Response};
use tower::Service;

use crate::{
    proxy::{Bound, Continue, ProxyEntry},
    public::{Folder, Public},
    routing::{Answer, Dispatch, ResponseFuture, uncanonical},
    start::{self, NotStarted},
};

/// The service around an app that has a proxy or public files: clean path, proxy, files, routes (PL-01). An app
/// without them has the [`Dispatch`] alone.
pub(crate) struct Pipeline<S: 'static>(Arc<Stages<S>>);

struct Stages<S: 'static> {
    proxy: Option<Bound<S>>,
    routes: Arc<Routes<S>>,
    not_started: Option<NotStarted>,
}

/// What comes after the proxy.
struct Routes<S: 'static> {
    public: Option<Public>,
    dispatch: Dispatch<S>,
}

impl<S: Send + Sync> Pipeline<S> {
    pub(crate) fn new(
        proxy: Option<&'static ProxyEntry<S>>,
        public: Option<&Folder>,
        dispatch: Dispatch<S>,
    ) -> Self {
        let (public, not_started) = match public.map(Public::new).transpose() {
            Ok(public) => (public, None),
            Err(reason) => (None, Some(start::fail(vec![reason]))),
        };
        let routes = Arc::new(Routes { public, dispatch });
        Self(Arc::new(Stages { proxy: proxy.map(Bound::new), routes, not_started }))
    }
}

impl<S: Send + Sync> Stages<S> {
    fn call(&self, request: Request) -> ResponseFuture {
        // BP-30: the proxy sees the one spelling of a path that the routes see.
        if let Some(response) = uncanonical(&request) {
            return ResponseFuture::ready(response, &request);
        }
        if let Some(not_started) = &self.not_started {
            return ResponseFuture::ready(not_started.answer(), &request);
        }
        match &self.proxy {
            Some(proxy) if proxy.runs(&request) => {
                let routes: Arc<dyn Continue> = Arc::<Routes<S>>::clone(&self.routes);
                proxy.call(request, self.routes.dispatch.state(), routes)
            }
            _ => self.routes.go_on(request),
        }
    }
}

impl<S: Send + Sync> Continue for Routes<S> {
    fn go_on(&self, request: Request) -> ResponseFuture {
        match self.public.as_ref().and_then(|public| public.find(request.uri().path())) {
            Some(file) => file.answer(&request),
            None => self.dispatch.answer(request),
        }
    }
}

impl<S> Clone for Pipeline<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Send + Sync> Service<Request> for Pipeline<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Answer {
        Answer(self.0.call(request))
    }
}
