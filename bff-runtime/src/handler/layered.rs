use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use tower::{Layer, Service};

use super::{Handler, SharedHandler, service};

/// A handler with a tower layer around it, for this route alone (RH-410).
///
/// The layer runs after routing and inside the handler: [`after`](crate::after()) and the extractors of bff work in
/// it as they do in a handler. Errors of the layer have to be responses; axum's `HandleErrorLayer` makes them so.
///
/// ```
/// use bff::{Handler, Request, Response, axum::middleware, handler};
///
/// // #[get] in a route file
/// fn stamped() -> impl Handler {
///     let stamp = middleware::map_response(|mut response: Response| async move {
///         response.headers_mut().insert("x-stamp", bff::http::HeaderValue::from_static("1"));
///         response
///     });
///     handler::layered(stamp, |_: Request| async { "stamped" })
/// }
/// ```
pub fn layered<L>(layer: L, handler: impl Handler) -> impl Handler
where
    L: Layer<HandlerService>,
    L::Service: Service<Request> + Clone + Send + Sync + 'static,
    <L::Service as Service<Request>>::Response: IntoResponse,
    <L::Service as Service<Request>>::Error: IntoResponse,
    <L::Service as Service<Request>>::Future: Send,
{
    service(layer.layer(HandlerService(SharedHandler::new(handler))))
}

/// A [`Handler`] as a tower service, which is what a layer goes around; see [`layered`].
#[derive(Clone, Debug)]
pub struct HandlerService(SharedHandler);

impl Service<Request> for HandlerService {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let response = self.0.call(request);
        Box::pin(async move {
            let (Ok(response) | Err(response)) = response.await;
            Ok(response)
        })
    }
}
