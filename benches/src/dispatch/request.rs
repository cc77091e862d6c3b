use std::{net::SocketAddr, str::FromStr};

use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, Request},
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
    /// `Param` by a page of another origin, from a client whose address is known.
    Page,
    /// `Post` by the same page.
    Form,
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "param" => Ok(Self::Param),
            "text" => Ok(Self::Text),
            "post" => Ok(Self::Post),
            "renamed" => Ok(Self::Renamed),
            "page" => Ok(Self::Page),
            "form" => Ok(Self::Form),
            _ => Err(format!(
                "`{word}` is not a kind of request: param, text, post, renamed, page or form"
            )),
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
        let peer = matches!(self, Self::Page | Self::Form)
            .then(|| ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 50_000))));
        if peer.is_some() {
            headers.insert(header::ORIGIN, HeaderValue::from_static("https://app.example.com"));
        }
        let (method, path, body) = match self {
            Self::Param | Self::Page => (Method::GET, "/api/r17/42", None),
            Self::Text => (Method::GET, "/text", None),
            Self::Renamed => (Method::GET, "/renamed", None),
            Self::Post | Self::Form => {
                let body = Bytes::from_static(
                    br#"{"title":"Backends by files","tags":["rust","http"],"stars":5}"#,
                );
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
                (Method::POST, "/api/r17/42", Some(body))
            }
        };
        Template { method, uri: Uri::from_static(path), headers, body, peer }
    }
}

/// The parts that each request is made from, by cloning, which costs little and the same for every subject.
pub(super) struct Template {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Option<Bytes>,
    peer: Option<ConnectInfo<SocketAddr>>,
}

impl Template {
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new(self.body.clone().map_or_else(Body::empty, Body::from));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        request
    }
}
