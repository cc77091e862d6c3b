//! Pure functions from what `bff-tree` found to tokens. None of them can fail.

mod app;
mod cache;
mod call;
mod config;
mod cors;
mod csrf;
mod handler;
mod instrumentation;
mod metadata;
mod metadata_files;
mod modules;
mod patterns;
mod policies;
mod proxy;
mod public;
mod rate_limit;
mod requirements;
mod router;
mod security_headers;
mod static_params;
mod table;
mod upstreams;
mod urls;
mod without_routes;

pub(crate) use self::{
    app::app,
    config::tracked,
    handler::{handler, refused_handler, used_attributes},
    metadata::{Listing, metadata, refused_metadata},
    modules::Above,
    proxy::{decided, proxy, refused_proxy},
    static_params::{refused_static_params, static_params},
    without_routes::{app_without_a_tree, app_without_routes},
};
