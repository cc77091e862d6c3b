//! What generated code may name, and nothing else. Not covered by any promise of stability.

pub use std::{
    boxed::Box, fmt::Display, option::Option, result::Result, string::String, sync::Arc, vec::Vec,
};

pub use axum::{Router, extract::Request};
pub use http::request::Parts;

pub use crate::{
    handler::SharedHandler,
    instrumentation::{
        FromReport, Instrumentation, Outcome, OutcomeFuture, Report, argument, instrumented,
    },
    matching, pipeline,
    proxy::{
        DecideFuture, FromHead, IntoProxied, Next, ProxyEntry, SharedProxy, from_head, same_text,
    },
    public,
    routing::{
        Entry, FromParts, FromRequestBody, FromState, HandlerFuture, HandlerInfo, IntoReply,
        NeedsAxum, Probe, Route, Segment, UrlArgument, UrlRest, catch_all, from_body, from_parts,
        optional_catch_all, param, router, router_behind, routes, url, url_rest,
    },
};
