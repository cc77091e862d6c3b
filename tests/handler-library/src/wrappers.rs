use std::sync::Arc;

use bff::{
    Handler, IntoResponse, Problem, Request, Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};

/// Adds a header to every answer of a handler.
pub fn with_header(name: HeaderName, value: HeaderValue, inner: impl Handler) -> impl Handler {
    let inner = Arc::new(inner);
    move |request: Request| {
        let (inner, name, value) = (Arc::clone(&inner), name.clone(), value.clone());
        async move {
            let mut response = inner.call(request).await;
            response.headers_mut().append(name, value);
            response
        }
    }
}

/// Lets only those requests reach a handler that bring this token as `Authorization: Bearer`.
pub fn with_auth(token: &str, inner: impl Handler) -> impl Handler {
    let expected: Arc<str> = format!("Bearer {token}").into();
    let inner = Arc::new(inner);
    move |request: Request| {
        let (expected, inner) = (Arc::clone(&expected), Arc::clone(&inner));
        async move {
            match request.headers().get(header::AUTHORIZATION) {
                Some(sent) if sent.as_bytes() == expected.as_bytes() => inner.call(request).await,
                _ => refused(),
            }
        }
    }
}

fn refused() -> Response {
    let mut response = Problem::new(StatusCode::UNAUTHORIZED).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}
