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

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::routing::get;

    use super::*;
    use crate::{request::ClientIp, testing};

    fn app() -> Router {
        Router::new().route("/", get(|ClientIp(ip): ClientIp| async move { ip.to_string() }))
    }

    async fn client_of(app: Router) -> String {
        let request = testing::client(app).get("/").header("x-forwarded-for", "192.0.2.7");
        request.from(SocketAddr::from(([10, 1, 2, 3], 80))).await.text()
    }

    #[tokio::test]
    async fn rh_090_the_proxies_of_the_file_are_trusted_unless_the_app_names_others() {
        let networks = [Networks::Fixed("10.0.0.0/8")];
        assert_eq!(client_of(trusting(app(), &networks)).await, "192.0.2.7");
        assert_eq!(client_of(trusting(app(), &[])).await, "10.1.2.3");
        let others: TrustedProxies = "::1".parse().unwrap();
        assert_eq!(client_of(trusting(app(), &networks).layer(others)).await, "10.1.2.3");
    }
}
