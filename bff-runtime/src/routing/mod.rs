//! From a request to its handler: matching, params, methods, and the answers that no handler gives.
//!
//! [`Route`] describes what an app serves. Everything else here is reached through the generated `app` module:
//! `app::router` and `app::routes` build an [`axum::Router`], `app::ROUTES` lists the routes.
//!
//! Not to be confused with [`axum::routing`], which matches routes that are written by hand; both meet in the
//! router that `app` gives.

mod allow;
mod bound;
mod canonical;
mod compat;
mod dispatch;
mod endpoint;
mod entry;
mod extract;
mod framing;
mod future;
mod guards;
mod head;
mod infallibly;
mod listing;
mod matcher;
mod negotiate;
mod param;
mod path;
mod requirement;
mod route;
mod router;
mod static_params;
mod url;
mod wishes;

pub use self::route::{HandlerInfo, Route, RouteRules, Segment};

pub(crate) use self::{
    allow::allow,
    canonical::canonical,
    dispatch::{Dispatch, Found, moved, uncanonical},
    endpoint::Matched,
    future::{ResponseFuture, Untold},
    infallibly::Infallibly,
    matcher::Matcher,
    negotiate::weighted,
    path::{decode, escapes_unreserved, rest, segment},
    url::encoded,
    wishes::Wishes,
};

#[doc(hidden)]
pub use self::{
    entry::{Entry, HandlerFuture, RequireFuture},
    extract::{
        FromParts, FromRequestBody, FromState, IntoReply, NeedsAxum, Probe, from_body, from_parts,
    },
    guards::RuleGuard,
    param::{catch_all, optional_catch_all, param},
    requirement::{Requirement, required},
    router::{router, router_behind, routes},
    static_params::{
        ListsFrom, ParamValues, ParamsList, StaticParams, StaticParamsFuture, listed_param,
        listed_params,
    },
    url::{UrlArgument, UrlRest, url, url_rest},
};
