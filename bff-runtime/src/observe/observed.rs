use std::{
    net::IpAddr,
    sync::{Arc, OnceLock},
};

use axum::extract::{OriginalUri, Request};
use http::{Method, Uri};
use tracing::Span;

use super::{redact, span};
use crate::{RequestExt as _, instrumentation::Instrumentation, request_id::RequestId};

/// One request under observation.
#[derive(Debug)]
pub(crate) struct Observed {
    method: Method,
    /// As the client sent it, where that is known.
    uri: Uri,
    id: RequestId,
    /// Found when a route of the app answers.
    route: OnceLock<&'static str>,
    /// Found when the request comes to the app, which knows the proxies that it trusts.
    client: OnceLock<IpAddr>,
    /// Of the app that answers.
    instrumentation: OnceLock<&'static Instrumentation>,
    span: OnceLock<Span>,
}

impl Observed {
    /// The one of this request, made when there is none yet. Who asks for the id later gets the same.
    pub(crate) fn of(request: &mut Request) -> Arc<Self> {
        if let Some(observed) = request.extensions().get::<Arc<Self>>() {
            return Arc::clone(observed);
        }
        let id = RequestId::of_request(request);
        let uri = request.extensions().get::<OriginalUri>().map_or(request.uri(), |uri| &uri.0);
        let observed = Arc::new(Self {
            method: request.method().clone(),
            uri: uri.clone(),
            id,
            route: OnceLock::new(),
            client: OnceLock::new(),
            instrumentation: OnceLock::new(),
            span: OnceLock::new(),
        });
        request.extensions_mut().insert(Arc::clone(&observed));
        observed
    }

    /// The one of a request that has come to a router, if anybody wants it: the server's log, a span, the app.
    #[cold]
    pub(super) fn in_router(request: &mut Request) -> Option<Arc<Self>> {
        let instrumentation = request.extensions().get::<&'static Instrumentation>().copied();
        let is_wanted = instrumentation.is_some()
            || span::is_enabled()
            || request.extensions().get::<Arc<Self>>().is_some();
        if !is_wanted {
            return None;
        }
        let observed = Self::of(request);
        // An app inside another one is a part of that one.
        observed.span.get_or_init(|| span::of(&observed.method, &observed.id));
        if let Some(ip) = request.client_ip() {
            let _ = observed.client.set(ip);
        }
        if let Some(instrumentation) = instrumentation {
            let _ = observed.instrumentation.set(instrumentation);
        }
        Some(observed)
    }

    /// The same request, for what goes on when it has been answered: without its span, which ends then.
    pub(super) fn behind(&self) -> Self {
        Self {
            method: self.method.clone(),
            uri: self.uri.clone(),
            id: self.id.clone(),
            route: self.route.clone(),
            client: self.client.clone(),
            instrumentation: self.instrumentation.clone(),
            span: OnceLock::new(),
        }
    }

    pub(super) fn routed(&self, route: &'static str) {
        if self.route.set(route).is_ok()
            && let Some(span) = self.span.get()
        {
            span::routed(span, &self.method, route);
        }
    }

    pub(super) fn span(&self) -> Span {
        self.span.get().cloned().unwrap_or_else(Span::none)
    }

    pub(super) fn instrumentation(&self) -> Option<&'static Instrumentation> {
        self.instrumentation.get().copied()
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) fn id(&self) -> &RequestId {
        &self.id
    }

    /// The pattern of the route that answers.
    pub(crate) fn route(&self) -> Option<&'static str> {
        self.route.get().copied()
    }

    /// The client's address, as far as the app's trusted proxies vouch for it.
    pub(crate) fn client(&self) -> Option<IpAddr> {
        self.client.get().copied()
    }

    /// The path, fit for a log.
    pub(crate) fn path(&self) -> String {
        redact::path(self.uri.path(), self.route())
    }

    /// The query, fit for a log.
    pub(crate) fn query(&self) -> Option<String> {
        self.uri.query().map(redact::query)
    }
}
