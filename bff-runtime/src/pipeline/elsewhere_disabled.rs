//! The same where nothing can be forwarded: the app says so when it is compiled, or when it starts.

use axum::extract::Request;

use crate::{routing::ResponseFuture, upstream_disabled::Upstream};

/// No other servers.
#[derive(Debug, Default)]
pub(super) struct Upstreams(());

/// There is none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Elsewhere {}

impl Upstreams {
    pub(super) fn at(&mut self, _: &str, _: Option<&Upstream>) -> Result<Elsewhere, String> {
        Err("it is another server, which needs the feature `upstream` of bff".to_owned())
    }
}

impl Elsewhere {
    pub(super) fn answer(&self, _: Request) -> ResponseFuture {
        match *self {}
    }
}

/// Where a rule leads to another server, the build asks for this.
///
/// # Panics
/// Always, and while the app is compiled.
pub const fn other_servers() {
    panic!("`bff.toml` rewrites to another server, which needs the feature `upstream` of bff");
}
