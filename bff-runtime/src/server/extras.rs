//! What a server does beside serving, when it is asked to. Most are not, and their requests pay one look for it.

use std::{convert::Infallible, net::IpAddr};

use axum::{extract::Request, response::Response, routing::future::RouteFuture};
use http::StatusCode;

use super::{
    access_log::Line,
    health::{Asked, Health},
    logged_headers::LoggedHeaders,
    settings::Settings,
};
use crate::observe;

#[derive(Clone, Debug)]
pub(super) struct Extras {
    /// With the headers that it has.
    access_log: Option<LoggedHeaders>,
    health: Option<Health>,
}

/// What is to be done about one request.
pub(super) struct Extra {
    pub(super) line: Option<Line>,
    /// Answers in place of the app, when that knows no such path.
    otherwise: Option<(Health, Request)>,
}

impl Extras {
    /// None when nothing was asked for.
    pub(super) fn new(settings: &Settings) -> Option<Self> {
        if settings.access_log {
            observe::turn_on();
        }
        let health = settings.health.then(Health::new);
        let access_log = settings.access_log.then_some(settings.access_log_headers);
        (access_log.is_some() || health.is_some()).then_some(Self { access_log, health })
    }

    /// From here on the instance wants no more requests.
    pub(super) fn stop(&self) {
        if let Some(health) = &self.health {
            health.stop();
        }
    }

    /// Begins with a request, which `app` answers unless it is none of the app's business.
    #[cold]
    pub(super) fn begin(
        &self,
        mut request: Request,
        peer: IpAddr,
        app: impl FnOnce(Request) -> RouteFuture<Infallible>,
    ) -> (RouteFuture<Infallible>, Extra) {
        let line = self.access_log.and_then(|headers| Line::begin(&mut request, peer, headers));
        let mut extra = Extra { line, otherwise: None };
        let response = match &self.health {
            None => app(request),
            Some(health) => match health.is_asked(request.uri().path()) {
                Asked::App => app(request),
                Asked::Health => health.answer(request),
                Asked::AppFirst => {
                    let mut same = Request::default();
                    same.method_mut().clone_from(request.method());
                    same.uri_mut().clone_from(request.uri());
                    extra.otherwise = Some((health.clone(), same));
                    app(request)
                }
            },
        };
        (response, extra)
    }
}

impl Extra {
    /// What answers instead of this response, if anything does.
    pub(super) fn instead_of(&mut self, response: &Response) -> Option<RouteFuture<Infallible>> {
        let (health, request) = self.otherwise.take()?;
        (response.status() == StatusCode::NOT_FOUND).then(|| health.answer(request))
    }
}
