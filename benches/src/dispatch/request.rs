use std::str::FromStr;

use axum::{
    body::{Body, Bytes},
    extract::Request,
};
use http::{HeaderMap, HeaderValue, Method, Uri, header};

/// Which request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `GET /api/r17/42`, answered with a small JSON object.
    Param,
    /// `GET /text`, answered with a static text.
    Text,
    /// `POST /api/r17/42` with a small JSON object that is parsed, checked and sent back.
    Post,
    /// `GET /renamed`, which a rule of the fronted app rewrites to `/text`.
    Renamed,
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "param" => Ok(Self::Param),
            "text" => Ok(Self::Text),
            "post" => Ok(Self::Post),
            "renamed" => Ok(Self::Renamed),
            _ => Err(format!("`{word}` is not a kind of request: param, text, post or renamed")),
        }
    }
}

impl Kind {
    /// The request, ready to be made any number of times.
    pub(super) fn template(self) -> Template {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("localhost:3000"));
        headers.insert(header::USER_AGENT, HeaderValue::from_static("bench/1.0"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        let (method, path, body) = match self {
            Self::Param => (Method::GET, "/api/r17/42", None),
            Self::Text => (Method::GET, "/text", None),
            Self::Renamed => (Method::GET, "/renamed", None),
            Self::Post => {
                let body = Bytes::from_static(
                    br#"{"title":"Backends by files","tags":["rust","http"],"stars":5}"#,
                );
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
                (Method::POST, "/api/r17/42", Some(body))
            }
        };
        Template { method, uri: Uri::from_static(path), headers, body }
    }
}

/// The parts that each request is made from, by cloning, which costs little and the same for every subject.
pub(super) struct Template {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Option<Bytes>,
}

impl Template {
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new(self.body.clone().map_or_else(Body::empty, Body::from));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}
