use std::{convert::Infallible, str::FromStr};

use axum::{
    Router,
    extract::Request,
    response::{IntoResponse, Response},
};
use bff::Json;
use tower::Service;

use super::{by_hand, fifty_one, fronted, guarded, model::Post, one};

/// Who answers the requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A router written by hand.
    Axum,
    /// The router of an app folder.
    Bff,
    /// The same with a proxy and rules in front of it, whatever the number of routes.
    Fronted,
    /// The same with a rate limit, a body limit, a timeout, CORS and security headers, whatever the number of routes.
    Guarded,
    /// No router: the answer of the param route is made from the request at hand.
    Bare,
    /// Nobody: the request is made and dropped.
    Request,
}

impl FromStr for Subject {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "axum" => Ok(Self::Axum),
            "bff" => Ok(Self::Bff),
            "fronted" => Ok(Self::Fronted),
            "guarded" => Ok(Self::Guarded),
            "bare" => Ok(Self::Bare),
            "request" => Ok(Self::Request),
            _ => Err(format!(
                "`{word}` is not a subject: axum, bff, fronted, guarded, bare or request"
            )),
        }
    }
}

impl Subject {
    pub(super) fn service(self, routes: usize) -> Answering {
        // A server gives a router its state once, as `axum::serve` and `bff::serve` do; without that, axum
        // would turn each handler into a route with every request.
        match self {
            Self::Axum => Answering::Router(by_hand::router(routes).with_state(())),
            Self::Bff if routes == 1 => Answering::Router(one::app::router().with_state(())),
            Self::Bff => Answering::Router(fifty_one::app::router().with_state(())),
            Self::Fronted => Answering::Router(fronted::app::router().with_state(())),
            Self::Guarded => Answering::Router(guarded::app::router().with_state(())),
            Self::Bare => Answering::Bare,
            Self::Request => Answering::Nobody,
        }
    }
}

/// A subject at work.
pub(super) enum Answering {
    Router(Router),
    Bare,
    Nobody,
}

impl Answering {
    pub(super) async fn answer(&mut self, request: Request) -> Response {
        match self {
            Self::Router(router) => {
                let answer: Result<Response, Infallible> = router.call(request).await;
                match answer {
                    Ok(response) => response,
                    Err(never) => match never {},
                }
            }
            Self::Bare => {
                drop(request);
                Json(Post::sample(42)).into_response()
            }
            Self::Nobody => {
                drop(request);
                Response::default()
            }
        }
    }
}
