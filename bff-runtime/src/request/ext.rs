use std::{borrow::Cow, net::IpAddr};

use axum::extract::Request;
use serde::de::DeserializeOwned;

use super::{Origin, Url, UserAgent, forwarded, header, query};
use crate::Result;

/// Questions to a request: [`bff::Request`](crate::Request) is an `http::Request`, and these are its methods.
///
/// ```
/// use bff::{Handler, Request, RequestExt, response::{Redirect, redirect}};
///
/// fn to_login() -> impl Handler {
///     |request: Request| async move { bff::Result::<Redirect>::Ok(redirect(request.url().join("/login")?)) }
/// }
/// ```
pub trait RequestExt {
    /// The URL as the client knows it.
    fn url(&self) -> Url;

    /// The query of the request's URI, as the extractor [`Query`](crate::Query) reads it.
    ///
    /// # Errors
    /// 400 when it is no `T`.
    fn query<T: DeserializeOwned>(&self) -> Result<T>;

    /// The value of a header, all of its lines as one, see [`header`](crate::request::header()).
    fn header(&self, name: &str) -> Option<Cow<'_, str>>;

    /// What the client says it is.
    fn user_agent(&self) -> UserAgent;

    /// The address of the client, see [`ClientIp`](crate::request::ClientIp); `None` when the server does not
    /// tell, which [`bff::serve`](crate::serve()) always does.
    fn client_ip(&self) -> Option<IpAddr>;

    /// The origin under which the client knows the app, see [`PublicOrigin`](crate::request::PublicOrigin).
    fn public_origin(&self) -> Origin;
}

impl RequestExt for Request {
    fn url(&self) -> Url {
        Url::new(self.uri(), self.headers(), self.extensions())
    }

    fn query<T: DeserializeOwned>(&self) -> Result<T> {
        query::parse(self.uri().query().unwrap_or(""))
    }

    fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        header(self.headers(), name)
    }

    fn user_agent(&self) -> UserAgent {
        UserAgent::of(self.headers())
    }

    fn client_ip(&self) -> Option<IpAddr> {
        forwarded::client_ip(self.headers(), self.extensions())
    }

    fn public_origin(&self) -> Origin {
        forwarded::public_origin(self.uri(), self.headers(), self.extensions())
    }
}
