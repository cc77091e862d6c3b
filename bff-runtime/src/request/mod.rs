//! What a handler can ask of a request.
//!
//! Each answer is an extractor and a method of [`RequestExt`], and costs nothing unless it is asked for.
//!
//! | question | extractor | method |
//! |---|---|---|
//! | which URL does the client see? | [`Url`] | [`url`](RequestExt::url) |
//! | where does it want to be sent back to? | | [`Url::callback`] |
//! | what does its query say? | [`Query<T>`](Query) | [`query`](RequestExt::query) |
//! | what does a header say? | [`http::HeaderMap`] | [`header`](RequestExt::header) |
//! | who is the client? | [`ClientIp`] | [`client_ip`](RequestExt::client_ip) |
//! | under which origin does it know the app? | [`PublicOrigin`] | [`public_origin`](RequestExt::public_origin) |
//! | which browser is it? | [`UserAgent`] | [`user_agent`](RequestExt::user_agent) |
//! | is it still there? | [`Cancellation`] | |
//! | which cookies does it send? | [`Cookies`](crate::cookies::Cookies) | [`cookies`](RequestExt::cookies) |
//! | what is in its body? | [`Json`](crate::Json), [`Form`], [`FormData`], [`Multipart`] | [`json`](RequestExt::json), [`text`](RequestExt::text), [`bytes`](RequestExt::bytes), [`form`](RequestExt::form), [`form_data`](RequestExt::form_data) |
//!
//! [`Valid`](crate::Valid) goes around those with a type and holds the value to rules.
//!
//! Bodies are read within the route's limit; a client that is too slow is given up, and what is refused is
//! answered with a problem document.
//!
//! # Proxies in front
//!
//! `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Forwarded-Host` and `Forwarded` (RFC 7239) can be sent by anybody.
//! They count for nothing unless the connection comes from one of the [`TrustedProxies`], and then only as far
//! as an unbroken chain of trusted proxies vouches for them. By default no proxy is trusted.
//!
//! [`TrustedProxies`] and the [`PublicOrigin`] of an app are layers, which work alike in `main` and in a test:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> bff::Result {
//! use bff::{
//!     axum::{Router, routing::get},
//!     request::{ClientIp, TrustedProxies},
//! };
//!
//! async fn whoami(ClientIp(ip): ClientIp) -> String {
//!     ip.to_string()
//! }
//!
//! let proxies: TrustedProxies = "10.0.0.0/8, 127.0.0.1".parse()?;
//! let client = bff::testing::client(Router::new().route("/", get(whoami)).layer(proxies));
//! let response = client.get("/").header("x-forwarded-for", "192.0.2.7").await;
//! assert_eq!(response.text(), "192.0.2.7");
//! # Ok(())
//! # }
//! ```

mod body;
mod cancellation;
mod ext;
mod forwarded;
mod header;
mod mismatch;
mod pointer;
mod query;
mod url;
mod user_agent;

pub use self::{
    body::{
        Form, FormData, FormLimits, FormValue, JsonLimits, Multipart, Part, PartReader,
        UploadedFile,
    },
    cancellation::Cancellation,
    ext::RequestExt,
    forwarded::{
        ClientIp, ForwardedHeader, InvalidOrigin, InvalidProxies, Origin, PublicOrigin,
        TrustedProxies,
    },
    header::header,
    query::Query,
    url::{Callback, QueryPairs, Url, rewrite},
    user_agent::{Browser, Cpu, Device, DeviceKind, Engine, Os, UserAgent},
};

pub(crate) use self::{
    body::{Paced, form_or_json, read_within, too_large},
    forwarded::{Caller, client_ip},
    header::only,
    mismatch::Mismatch,
    pointer::Pointer,
    url::{at, base_path, forget_sent, is_as_sent, rewrite_path},
};
