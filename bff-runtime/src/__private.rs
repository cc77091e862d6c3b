//! What generated code may name, and nothing else. Not covered by any promise of stability.

pub use std::{
    boxed::Box, fmt::Display, option::Option, result::Result, string::String, sync::Arc,
    time::Duration, vec::Vec,
};

pub use axum::{Router, extract::Request};
pub use http::request::Parts;

#[cfg(feature = "upstream")]
pub use crate::upstream::{Timeouts, Upstream, declares_upstreams, with_upstreams};
#[cfg(not(feature = "upstream"))]
pub use crate::upstream_disabled::{Timeouts, Upstream, declares_upstreams, with_upstreams};
pub use crate::{
    appeared::absent_when_built,
    cache::{NotKeyed, generated as cache},
    cors, csrf,
    draft::{DraftKeys, NoDraftKeys},
    handler::SharedHandler,
    instrumentation::{
        FromReport, Instrumentation, Outcome, OutcomeFuture, Report, argument, instrumented,
    },
    matching, metadata, pipeline, policy,
    proxy::{
        DecideFuture, FromHead, IntoProxied, Next, ProxyEntry, SharedProxy, from_head, same_text,
    },
    public, rate_limit,
    routing::{
        Entry, FromParts, FromRequestBody, FromState, HandlerFuture, HandlerInfo, IntoReply,
        ListsFrom, NeedsAxum, Probe, RequireFuture, Route, RuleGuard, Segment, StaticParams,
        StaticParamsFuture, UrlArgument, UrlRest, catch_all, from_body, from_parts, listed_param,
        listed_params, optional_catch_all, param, required, router, router_behind, routes, url,
        url_rest,
    },
    security_headers::SecurityHeaders,
};
