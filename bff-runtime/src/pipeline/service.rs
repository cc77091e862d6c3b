use std::sync::Arc;

use axum::{extract::Request, response::IntoResponse};

use super::{
    Front,
    answering::Answering,
    base_path,
    routes::{Routes, Way},
    tables::Tables,
};
use crate::{
    explain::{self, is_asked},
    export::{self, Inventory},
    proxy::{Bound, Continue},
    public::Public,
    routing::{Dispatch, ResponseFuture, uncanonical},
    start::{self, NotStarted},
};

/// The service around an app that has something in front of its routes (PL-01). An app without has the [`Dispatch`]
/// alone.
pub(crate) struct Pipeline<S: 'static>(Arc<Result<Stages<S>, NotStarted>>);

struct Stages<S: 'static> {
    proxy: Option<Bound<S>>,
    routes: Arc<Routes<S>>,
}

impl<S: Send + Sync> Pipeline<S> {
    /// What is missing is told by [`start`].
    pub(crate) fn new(front: &Front<S>, dispatch: Dispatch<S>) -> Self {
        let tables = front.rules.map(Tables::new).transpose();
        let public = front.public.map(Public::new).transpose();
        let stages = match (tables, public) {
            (Ok(tables), Ok(public)) => Ok(Stages {
                proxy: front.proxy.map(|proxy| Bound::new(proxy, dispatch.state())),
                routes: Arc::new(Routes { dispatch, tables, public }),
            }),
            (tables, public) => {
                let reasons = tables.err().into_iter().flatten().chain(public.err());
                Err(start::fail(reasons.collect()))
            }
        };
        Self(Arc::new(stages))
    }

    pub(crate) fn serve(&self, request: Request) -> Answering {
        match &*self.0 {
            Ok(stages) => stages.call(request),
            Err(not_started) => ResponseFuture::ready(not_started.answer(), &request).into(),
        }
    }
}

impl<S: Send + Sync> Stages<S> {
    fn call(&self, request: Request) -> Answering {
        if is_asked(&request) {
            if export::is_asked(&request) {
                let inventory = self.inventory();
                return ResponseFuture::ready(export::answer(inventory), &request).into();
            }
            let explanation = self.routes.explain(self.proxy.as_ref(), &request);
            return ResponseFuture::ready(explain::answer(explanation), &request).into();
        }
        // BP-30: what comes next sees one spelling of a path.
        if let Some(response) = uncanonical(&request) {
            return ResponseFuture::ready(response, &request).into();
        }
        match &self.routes.tables {
            Some(tables) => self.by_rules(tables, request),
            None => {
                self.proxied(request).unwrap_or_else(|request| self.routes.go_on(request).into())
            }
        }
    }

    fn by_rules(&self, tables: &Tables, mut request: Request) -> Answering {
        let paths = tables.received(&request);
        let outside = paths.inside.is_none();
        let concerned = tables.look_up(paths);
        let headers = match tables.headers(concerned, &request, paths) {
            Ok(headers) => headers,
            Err(unanswerable) => {
                return ResponseFuture::ready(unanswerable.into_response(), &request).into();
            }
        };
        let has_metadata = |path: &str| self.routes.dispatch.has_metadata(path);
        // RD-06: a redirect has its headers like any other answer.
        let redirected = match tables.redirect(concerned, &request, paths, has_metadata) {
            Ok(redirected) => redirected.map(|redirected| redirected.response),
            Err(refused) => Some(refused.into_response()),
        };
        let answering = match redirected {
            Some(response) => ResponseFuture::ready(response, &request).into(),
            None => {
                if !outside && !tables.base_path.is_empty() {
                    base_path::enter(&mut request, tables.base_path);
                }
                let proxied = if outside { Err(request) } else { self.proxied(request) };
                proxied.unwrap_or_else(|request| {
                    self.routes.route(Way { tables, concerned, outside }, request).into()
                })
            }
        };
        Answering { headers, ..answering }
    }

    /// What there is, for an export.
    #[cold]
    fn inventory(&self) -> Inventory {
        let Routes { dispatch, tables, public } = &*self.routes;
        Inventory {
            proxy: self.proxy.as_ref().map(Bound::file),
            public: public.as_ref().map_or_else(Vec::new, Public::names),
            rules: tables.as_ref().map(|tables| tables.rules),
            ..dispatch.inventory()
        }
    }

    /// The answer of the proxy, when it runs for this request.
    #[expect(clippy::result_large_err, reason = "the error is the request, moved once")]
    fn proxied(&self, request: Request) -> Result<Answering, Request> {
        let runs = |proxy: &&Bound<S>| proxy.runs(&request) && !export::is_exporting(&request);
        let Some(proxy) = self.proxy.as_ref().filter(runs) else { return Err(request) };
        let routes: Arc<dyn Continue> = Arc::<Routes<S>>::clone(&self.routes);
        let response = proxy.call(request, self.routes.dispatch.state(), routes);
        Ok(Answering { by_proxy: true, ..response.into() })
    }
}

impl<S> Clone for Pipeline<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
