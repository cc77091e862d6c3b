use std::{
    convert::Infallible,
    task::{Context, Poll},
};

use axum::{Router, extract::Request, response::Response};
use tower::{Layer, Service};

use super::{Networks, networks};
use crate::{env, request::TrustedProxies, start};

/// The router of an app behind the proxies of `trusted_proxies`.
///
/// A [`TrustedProxies`] layer that goes around the app wins over them: it is said where the app is put together.
pub fn trusting(router: Router, networks: &[Networks]) -> Router {
    match networks::read(networks, &|name| env::var_opt(name)) {
        Ok(proxies) if proxies.is_empty() => router,
        Ok(proxies) => router.layer(Trusting(proxies)),
        Err(reasons) => start::in_place_of(router, reasons),
    }
}

#[derive(Clone)]
struct Trusting(TrustedProxies);

impl<S> Layer<S> for Trusting {
    type Service = Behind<S>;

    fn layer(&self, inner: S) -> Behind<S> {
        Behind { proxies: self.0.clone(), inner }
    }
}

#[derive(Clone)]
struct Behind<S> {
    proxies: TrustedProxies,
    inner: S,
}

impl<S: Service<Request, Response = Response, Error = Infallible>> Service<Request> for Behind<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> S::Future {
        if request.extensions().get::<TrustedProxies>().is_none() {
            request.extensions_mut().insert(self.proxies.clone());
        }
        self.inner.call(request)
    }
}
