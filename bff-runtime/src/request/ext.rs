use std::{borrow::Cow, net::IpAddr};

use axum::{
    body::{Body, Bytes},
    extract::Request,
};
use serde::de::DeserializeOwned;

use super::{
    Origin, Url, UserAgent,
    body::{self, Form, FormData},
    forwarded, header, query,
};
use crate::{Json, Result, cookies::Cookies, scope, valid::Words};

/// Questions to a request, and its body: [`bff::Request`](crate::Request) is an `http::Request`, and these are its
/// methods.
///
/// ```
/// use bff::{Handler, Request, RequestExt, response::{Redirect, redirect}};
///
/// fn to_login() -> impl Handler {
///     |request: Request| async move { bff::Result::<Redirect>::Ok(redirect(request.url().join("/login")?)) }
/// }
/// ```
///
/// What reads the body takes the request, so a body that is read twice does not compile (RH-105); [`tee`] makes two
/// requests of one for the rare case of two readers.
///
/// A body is read within the route's limit: 2 MiB, unless a
/// [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit) says otherwise (RH-114). One that is announced as larger is
/// refused before any of it is read (RH-118). GET and HEAD have no body, whatever the client sent (RH-112). A body
/// with a `Content-Encoding` is read as it was sent (RH-119).
///
/// # Errors
/// Of every reader: 413 when the body exceeds the limit, 408 when the client is too slow (RFC 9110 section 15.5.9:
/// nothing for 10 s, less than 500 bytes a second for more than 20 s, or less than 8 KiB a second for more than
/// 5 minutes), 400 when the body breaks off. Those of one reader are named there. All are problem documents.
///
/// [`tee`]: RequestExt::tee
pub trait RequestExt: Sized {
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

    /// The cookies of the request; in a handler of the app folder the same store as the extractor
    /// [`Cookies`], so what is set goes out with the response. Elsewhere nothing sends it.
    ///
    /// ```
    /// use bff::{Request, RequestExt};
    ///
    /// async fn theme(request: Request) -> String {
    ///     request.cookies().get("theme").unwrap_or_else(|| "light".to_owned())
    /// }
    /// ```
    fn cookies(&self) -> Cookies;

    /// The body as JSON, parsed to `T` (RH-106).
    ///
    /// ```
    /// use bff::{Request, RequestExt, Result};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Login { email: String }
    ///
    /// async fn login(request: Request) -> Result<String> {
    ///     let login: Login = request.json().await?;
    ///     Ok(login.email)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for the extractor [`Json`]: 415, 400 and 422, beside those of every reader.
    fn json<T: DeserializeOwned>(self) -> impl Future<Output = Result<T>> + Send;

    /// The body as text: UTF-8 without a leading byte order mark; bytes that are not UTF-8 become U+FFFD, and no
    /// body is the empty text (RH-107). The content type does not matter.
    ///
    /// ```
    /// # async fn text(request: bff::Request) -> bff::Result<String> {
    /// use bff::RequestExt;
    ///
    /// request.text().await
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of every reader.
    fn text(self) -> impl Future<Output = Result<String>> + Send;

    /// The body exactly as it came, which is what a signature is checked against (RH-121).
    ///
    /// ```
    /// use bff::{Json, Request, RequestExt, Result};
    /// # fn verify(_: &[u8]) -> bool { true }
    /// # #[derive(serde::Deserialize)]
    /// # struct Event { id: String }
    ///
    /// async fn webhook(request: Request) -> Result<&'static str> {
    ///     let bytes = request.bytes().await?;
    ///     if !verify(&bytes) {
    ///         return Err(bff::response::unauthorized());
    ///     }
    ///     let Json(event) = Json::<Event>::from_bytes(&bytes)?;
    ///     println!("{}", event.id);
    ///     Ok("received")
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of every reader.
    fn bytes(self) -> impl Future<Output = Result<Bytes>> + Send;

    /// The body as a urlencoded form, parsed to `T`; see [`Form`].
    ///
    /// ```
    /// use bff::{Request, RequestExt, Result};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Search { q: String, tag: Vec<String> }
    ///
    /// async fn search(request: Request) -> Result<String> {
    ///     let search: Search = request.form().await?;
    ///     Ok(search.q)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for the extractor: 415 and 422, beside those of every reader.
    fn form<T: DeserializeOwned>(self) -> impl Future<Output = Result<T>> + Send;

    /// The body as a form with all its fields and files, urlencoded or multipart; see [`FormData`].
    ///
    /// ```
    /// use bff::{Request, RequestExt, Result};
    ///
    /// async fn upload(request: Request) -> Result<String> {
    ///     let form = request.form_data().await?;
    ///     let size = form.file("picture").map_or(0, |file| file.size());
    ///     Ok(format!("{}: {size} bytes", form.get("title").unwrap_or("untitled")))
    /// }
    /// ```
    ///
    /// # Errors
    /// As for the extractor: 415, 400 and 413, beside those of every reader.
    fn form_data(self) -> impl Future<Output = Result<FormData>> + Send;

    /// Two requests with the same head and body, for two readers (RH-094, RH-394). The body is read here, once, and
    /// shared; nothing is copied.
    ///
    /// ```
    /// use bff::{Request, RequestExt, Result};
    ///
    /// async fn both(request: Request) -> Result<bool> {
    ///     let (first, second) = request.tee().await?;
    ///     let text = first.text().await?;
    ///     let json: serde_json::Value = second.json().await?;
    ///     Ok(json.to_string() == text)
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of every reader.
    fn tee(self) -> impl Future<Output = Result<(Request, Request)>> + Send;
}

impl RequestExt for http::Request<Body> {
    fn url(&self) -> Url {
        Url::new(self.uri(), self.headers(), self.extensions())
    }

    fn query<T: DeserializeOwned>(&self) -> Result<T> {
        let words = Words::of(self.extensions(), self.headers());
        query::parse(self.uri().query().unwrap_or(""), &words)
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

    fn cookies(&self) -> Cookies {
        match scope::current() {
            Some(scope) => {
                scope.cookies.get_or_init(|| Cookies::from_headers(self.headers())).clone()
            }
            None => Cookies::from_headers(self.headers()),
        }
    }

    async fn json<T: DeserializeOwned>(self) -> Result<T> {
        let Json(value) = body::json(self).await?;
        Ok(value)
    }

    async fn text(self) -> Result<String> {
        let bytes = body::read(self).await?;
        Ok(body::text(&bytes))
    }

    async fn bytes(self) -> Result<Bytes> {
        Ok(body::read(self).await?)
    }

    async fn form<T: DeserializeOwned>(self) -> Result<T> {
        let Form(value) = body::form(self).await?;
        Ok(value)
    }

    async fn form_data(self) -> Result<FormData> {
        FormData::read(self).await
    }

    async fn tee(self) -> Result<(Request, Request)> {
        let (parts, body) = self.into_parts();
        let bytes = body::read(Request::from_parts(parts.clone(), body)).await?;
        let first = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
        Ok((first, Request::from_parts(parts, Body::from(bytes))))
    }
}
