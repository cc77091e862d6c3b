//! Rewrites to another server (RW-30).

use axum::{extract::Request, response::IntoResponse};
use http::Method;

use crate::{
    instrumentation::ErrorKind,
    routing::{ResponseFuture, Route, Wishes},
    scope::Scope,
    upstream::{Upstream, forward},
};

/// For the log, which says where something went wrong.
static RULES: Route = Route::none(ErrorKind::Rewrite, "bff.toml");

/// The other servers of an app, each with one set of connections.
#[derive(Debug, Default)]
pub(super) struct Upstreams(Vec<Known>);

#[derive(Debug)]
struct Known {
    origin: String,
    upstream: Upstream,
}

/// Another server, chosen when the app started: nothing in a request can change it.
#[derive(Clone, Debug)]
pub(super) struct Elsewhere(Upstream);

impl Upstreams {
    /// The server at this origin, asked as a declared upstream says.
    pub(super) fn at(
        &mut self,
        origin: &str,
        declared: Option<&Upstream>,
    ) -> Result<Elsewhere, String> {
        let known = self.0.iter().find(|known| {
            known.origin == origin && declared.is_none_or(|it| known.upstream.is_asked_as(it))
        });
        if let Some(known) = known {
            return Ok(Elsewhere(known.upstream.clone()));
        }
        let mut upstream = Upstream::at_start(origin).map_err(|error| error.to_string())?;
        if let Some(declared) = declared {
            upstream = upstream.asked_as(declared);
        }
        upstream.check().map_err(|error| error.to_string())?;
        self.0.push(Known { origin: origin.to_owned(), upstream: upstream.clone() });
        Ok(Elsewhere(upstream))
    }
}

impl Elsewhere {
    /// The answer of the other server to this request, whose URI has the path that is meant there.
    pub(super) fn answer(&self, request: Request) -> ResponseFuture {
        let head = request.method() == Method::HEAD;
        let wishes = Wishes::of(&request);
        let scope = Scope::of(&request);
        let Self(upstream) = self.clone();
        let future = Box::pin(async move {
            forward(request, &upstream).await.map_err(IntoResponse::into_response)
        });
        ResponseFuture::handler(future, scope, wishes, head, &RULES)
    }
}

/// Where a rule leads to another server, the build asks for this.
pub const fn other_servers() {}
