//! Pure functions from what `bff-tree` found to tokens. None of them can fail.

mod app;
mod config;
mod handler;
mod instrumentation;
mod patterns;
mod policies;
mod proxy;
mod public;
mod table;
mod upstreams;
mod urls;

pub(crate) use self::{
    app::{Above, app, app_without_a_tree, app_without_routes},
    config::tracked,
    handler::{handler, refused_handler, used_attributes},
    proxy::{decided, proxy, refused_proxy},
};
