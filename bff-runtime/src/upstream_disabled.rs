//! What generated code names of upstreams, where there are none. It is only there so that the build says one thing.

#![allow(missing_docs, reason = "it mirrors what is documented in `upstream`")]

use std::time::Duration;

use axum::Router;

/// What `[upstreams]` of `bff.toml` needs.
///
/// # Panics
/// Always, and while the app is compiled.
pub const fn declares_upstreams() {
    panic!("`[upstreams]` in `bff.toml` needs the feature `upstream` of bff");
}

/// Stands for an upstream beside that error.
#[derive(Debug)]
pub struct Upstream(());

/// Stands for its timeouts.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    pub connect: Duration,
    pub head: Duration,
    pub idle: Duration,
    pub tunnel: Duration,
}

impl Timeouts {
    pub const DEFAULT: Self = Self {
        connect: Duration::ZERO,
        head: Duration::ZERO,
        idle: Duration::ZERO,
        tunnel: Duration::ZERO,
    };
}

impl Upstream {
    pub const fn from_env(_: &'static str) -> Self {
        Self(())
    }

    pub const fn from_env_or(_: &'static str, _: &'static str) -> Self {
        Self(())
    }

    pub const fn new(_: &'static str) -> Self {
        Self(())
    }

    #[must_use]
    pub const fn timeouts(self, _: Timeouts) -> Self {
        self
    }

    #[must_use]
    pub const fn http2(self) -> Self {
        self
    }
}

pub fn with_upstreams(router: Router, _: &[(&str, &Upstream)]) -> Router {
    router
}
