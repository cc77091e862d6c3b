use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use tokio::time::timeout_at;
use tower::{BoxError, Service};

use super::timeouts::after;

/// A connector with a limit on all that connecting takes: the name, the connection, and TLS.
#[derive(Clone)]
pub(super) struct Within<C> {
    connector: C,
    limit: Duration,
}

impl<C> Within<C> {
    pub(super) fn new(connector: C, limit: Duration) -> Self {
        Self { connector, limit }
    }
}

impl<C> Service<Uri> for Within<C>
where
    C: Service<Uri>,
    C::Error: Into<BoxError>,
    C::Future: Send + 'static,
    C::Response: Send + 'static,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connected = self.connector.call(uri);
        let deadline = after(self.limit);
        Box::pin(async move {
            match timeout_at(deadline, connected).await {
                Ok(connected) => connected.map_err(Into::into),
                Err(elapsed) => Err(io::Error::from(elapsed).into()),
            }
        })
    }
}
