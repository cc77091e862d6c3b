use axum::{body::Body, response::Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use super::{
    AllowedHeaders, Cors,
    answer::{allow, reader},
};
use crate::request::only;

/// What a private network access asks and is told (Private Network Access, section 3.1).
const ASKS_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");
const ALLOWS_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");

/// What the answer depends on. It is the same for those that are refused.
const VARY: &str = "origin, access-control-request-method, access-control-request-headers";
const VARY_PRIVATE_NETWORK: &str = "origin, access-control-request-method, \
     access-control-request-headers, access-control-request-private-network";

/// True when a browser asks beforehand whether it may send a request (Fetch section 3.2.2).
pub(crate) fn is_preflight(method: &Method, request: &HeaderMap) -> bool {
    *method == Method::OPTIONS
        && request.contains_key(header::ORIGIN)
        && request.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The method that a browser asks for, when it is one.
pub(crate) fn requested_method(request: &HeaderMap) -> Option<Method> {
    let method = only(request, &header::ACCESS_CONTROL_REQUEST_METHOD)?;
    Method::from_bytes(method.as_bytes()).ok()
}

/// Answers a preflight: 204, with what is allowed, or without when nothing is.
///
/// `methods` are those of the route for which this policy holds, with commas. A browser that has asked for one keeps
/// all of them, so none may be among them that another policy is for.
pub(crate) fn preflight(cors: &Cors, request: &HeaderMap, methods: HeaderValue) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let vary = if cors.private_network { VARY_PRIVATE_NETWORK } else { VARY };
    headers.insert(header::VARY, HeaderValue::from_static(vary));
    let may_read = reader(cors, request).filter(|_| requested_method(request).is_some());
    let Some(reader) = may_read else {
        tracing::debug!("the preflight of an origin that the CORS policy does not list");
        return response;
    };
    allow(cors, reader, headers);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    if let Some(names) = allowed_headers(cors, request) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(cors.max_age));
    if cors.private_network
        && only(request, &ASKS_PRIVATE_NETWORK).is_some_and(|value| value == "true")
    {
        headers.insert(ALLOWS_PRIVATE_NETWORK, HeaderValue::from_static("true"));
    }
    response
}

/// The names of the policy, all of them: a browser compares, and keeps those that it will need later. Where the policy
/// has none, the names that are asked for.
fn allowed_headers(cors: &Cors, request: &HeaderMap) -> Option<HeaderValue> {
    match cors.allow_headers {
        AllowedHeaders::Listed("") => None,
        AllowedHeaders::Listed(names) => Some(HeaderValue::from_static(names)),
        AllowedHeaders::Asked => {
            let asked = only(request, &header::ACCESS_CONTROL_REQUEST_HEADERS)?;
            are_names(asked.as_bytes()).then(|| asked.clone())
        }
    }
}

/// `#field-name` (RFC 9110 section 5.6.1). A star among them would be every header.
fn are_names(text: &[u8]) -> bool {
    text.split(|byte| *byte == b',').all(|name| {
        let name = name.trim_ascii();
        name != b"*" && HeaderName::from_bytes(name).is_ok()
    })
}
