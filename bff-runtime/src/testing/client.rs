use std::{fmt::Display, net::SocketAddr, pin::Pin};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use http::{HeaderName, HeaderValue, Method, header};
use serde::Serialize;
use tower::ServiceExt;

use super::TestResponse;
use crate::{
    explain::{self, Explanation},
    start::NotStarted,
};

/// Sends requests to a router in this process.
#[derive(Clone, Debug)]
pub struct Client {
    router: Router,
}

/// A client of this router.
pub fn client(router: Router) -> Client {
    Client { router }
}

impl Client {
    /// GET this path.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// HEAD this path.
    pub fn head(&self, path: &str) -> RequestBuilder {
        self.request(Method::HEAD, path)
    }

    /// POST to this path.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// PUT to this path.
    pub fn put(&self, path: &str) -> RequestBuilder {
        self.request(Method::PUT, path)
    }

    /// PATCH this path.
    pub fn patch(&self, path: &str) -> RequestBuilder {
        self.request(Method::PATCH, path)
    }

    /// DELETE this path.
    pub fn delete(&self, path: &str) -> RequestBuilder {
        self.request(Method::DELETE, path)
    }

    /// OPTIONS of this path.
    pub fn options(&self, path: &str) -> RequestBuilder {
        self.request(Method::OPTIONS, path)
    }

    /// Any method; a name such as `"PROPFIND"` will do.
    ///
    /// # Panics
    /// When the method or the path cannot be sent.
    #[track_caller]
    pub fn request<M>(&self, method: M, path: &str) -> RequestBuilder
    where
        M: TryInto<Method>,
        M::Error: Display,
    {
        let method =
            method.try_into().unwrap_or_else(|error| panic!("this method cannot be sent: {error}"));
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() =
            path.parse().unwrap_or_else(|error| panic!("`{path}` is not a path: {error}"));
        request.headers_mut().insert(header::HOST, HeaderValue::from_static("localhost"));
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 49152))));
        RequestBuilder { router: self.router.clone(), request }
    }
}

/// A request in the making; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct RequestBuilder {
    router: Router,
    request: Request,
}

impl RequestBuilder {
    /// Adds a header; one that is there already is kept beside it, but for `Host` and `Content-Type`.
    ///
    /// # Panics
    /// When the name or the value cannot be sent.
    #[track_caller]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        N::Error: Display,
        V: TryInto<HeaderValue>,
        V::Error: Display,
    {
        let name = name
            .try_into()
            .unwrap_or_else(|error| panic!("this header name cannot be sent: {error}"));
        let value = value
            .try_into()
            .unwrap_or_else(|error| panic!("this header value cannot be sent: {error}"));
        if name == header::HOST || name == header::CONTENT_TYPE {
            self.request.headers_mut().insert(name, value);
        } else {
            self.request.headers_mut().append(name, value);
        }
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    /// Sets a JSON body and its content type.
    ///
    /// # Panics
    /// When the value cannot be serialized.
    #[track_caller]
    pub fn json(self, value: &impl Serialize) -> Self {
        let body =
            serde_json::to_vec(value).unwrap_or_else(|error| panic!("this is not JSON: {error}"));
        self.header(header::CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body)
    }

    /// Says what becomes of the request, without a handler that runs; see [`explain`](mod@crate::explain).
    ///
    /// ```
    /// use bff::{axum::Router, explain::Stage, testing};
    ///
    /// # async fn example(app: Router) {
    /// let explanation = testing::client(app).get("/old").header("cookie", "beta=1").explain().await;
    /// assert_eq!(explanation.redirected_to(), None);
    /// assert_eq!(explanation.route_file(), Some("app/old/route.rs"), "{explanation}");
    /// # }
    /// ```
    pub async fn explain(self) -> Explanation {
        explain::ask(&self.router, self.request).await
    }

    /// The address that the request comes from; 127.0.0.1 unless it is set.
    pub fn from(mut self, address: SocketAddr) -> Self {
        self.request.extensions_mut().insert(ConnectInfo(address));
        self
    }
}

impl IntoFuture for RequestBuilder {
    type Output = TestResponse;
    type IntoFuture = Pin<Box<dyn Future<Output = TestResponse> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let method = self.request.method().clone();
            let Ok(response) = self.router.oneshot(self.request).await;
            if let Some(reason) = NotStarted::of(&response) {
                panic!("this app cannot be served: {reason}");
            }
            TestResponse::collect(&method, response).await
        })
    }
}
