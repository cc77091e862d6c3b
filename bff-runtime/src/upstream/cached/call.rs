use std::{
    borrow::Cow,
    fmt,
    panic::Location,
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use http::{HeaderValue, Request, StatusCode, header};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::{
    CachedReply, Policy,
    policy::{confirmed, is_failure, validators},
};
use crate::{
    Error, Result,
    cache::{Key, Life, Made, Period, Values, Wanted, canonical, message::Message, names, process},
    upstream::{
        Call,
        call::{Exchange, Sendable},
        error::{Kind, UpstreamError},
    },
};

/// A request to an upstream whose response may come from what is kept. Made by [`Call::cached`].
///
/// ```no_run
/// use bff::{Json, Result, upstream::{Upstream, Value}};
///
/// static CATALOG: Upstream = Upstream::from_env("CATALOG_URL");
///
/// async fn products() -> Result<Json<Value>> {
///     // For as long as the catalog says.
///     let all = CATALOG.get("/products").cached().fetch::<Value>().await?;
///     // For a minute, whatever it says, or until `revalidate_tag("products")`.
///     let new = CATALOG.get("/products/new").cached().revalidate("60s").tags(["products"]);
///     Ok(Json(Value::Array(vec![all, new.fetch().await?])))
/// }
/// ```
///
/// Two calls are the same when method, URL, all headers and the body are (RH-272): with the token of a user among them
/// what is kept is theirs alone. Of calls that are the same and under way at one time one is sent (RH-277).
///
/// Without [`revalidate`](Self::revalidate) it is a shared cache as RFC 9111 has it: GET and HEAD, no longer than
/// `Cache-Control` allows, nothing that is `private` or `no-store` or was asked for with `Authorization`; what is not
/// fresh any more is asked for with `If-None-Match`, and a 304 confirms it. With it, a response with status 200 is kept
/// for so long, of any method, whatever the upstream says (RH-273, RH-274). A response with `Set-Cookie` is never kept.
/// One that is not kept takes away what was, unless it says nothing of that: 5xx, 408 and 429.
///
/// Where it is kept, and what happens while Redis or the upstream is away, is as [`cached`](crate::cache::cached) has
/// it. In draft mode nothing is read and nothing kept (RH-280).
#[must_use = "a request is sent by `send` or `fetch`"]
pub struct CachedCall<'a> {
    call: Call<'a>,
    period: Option<Result<Life>>,
    is_private: bool,
    tags: Vec<Cow<'static, str>>,
    at: &'static Location<'static>,
}

/// A larger body is none to compare requests by.
const BODY: usize = 1024 * 1024;

impl<'a> CachedCall<'a> {
    #[track_caller]
    pub(in crate::upstream) fn new(call: Call<'a>) -> Self {
        let at = Location::caller();
        Self { call, period: None, is_private: false, tags: Vec::new(), at }
    }

    /// For how long a response is kept, whatever the upstream says of it; as
    /// [`Cached::revalidate`](crate::cache::Cached::revalidate) has it. With zero nothing is kept.
    pub fn revalidate(mut self, period: impl Period) -> Self {
        self.period = Some(period.life());
        self
    }

    /// Names by which responses are given up, as [`Cached::tags`](crate::cache::Cached::tags) has them (RH-275).
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        self.tags.extend(tags.into_iter().map(Into::into));
        self
    }

    /// What is kept is for the one whose token, or other header, the request has: it may be `private`, and asked for
    /// with `Authorization` (RFC 9111 section 1).
    ///
    /// Without a header that says for whom the request is, all clients of the app would share what is private.
    pub fn private(mut self) -> Self {
        self.is_private = true;
        self
    }

    /// The response, kept or sent for, whatever its status.
    ///
    /// # Errors
    /// As [`Call::send`] and [`Reply::bytes`](crate::upstream::Reply::bytes); 500 when the body of the request is
    /// larger than 1 MiB, or the duration is none.
    pub async fn send(self) -> Result<CachedReply> {
        let values = (!process::is_draft()).then(process::values);
        self.of(values).await
    }

    /// The response as JSON.
    ///
    /// # Errors
    /// As [`send`](Self::send); 502 also when the status is not a success, or the body is not the JSON expected.
    pub async fn fetch<T: DeserializeOwned>(self) -> Result<T> {
        Ok(self.send().await?.success()?.json()?)
    }

    /// The response, of these values or of none.
    pub(in crate::upstream) async fn of(
        self,
        values: Option<&'static Values>,
    ) -> Result<CachedReply> {
        let Self { call, period, is_private, tags, at } = self;
        let policy = match period {
            Some(life) => Policy::Declared(life?),
            None if is_private => Policy::Private,
            None => Policy::Shared,
        };
        let Sendable { request, exchange } = call.sendable()?;
        let (head, body) = request.into_parts();
        let body = axum::body::to_bytes(body, BODY).await.map_err(|_| {
            let why = "a body of a call that is kept is too large, or breaks off";
            UpstreamError::new(Kind::Request(StatusCode::INTERNAL_SERVER_ERROR, why), &exchange)
        })?;
        let request = Request::from_parts(head, body);
        let Some(values) = values.filter(|_| policy.takes(&request)) else {
            return Ok(CachedReply::new(exchange.message(request).await?, exchange.target()));
        };
        let names = names(&tags);
        let wanted = Wanted {
            key: Key::of_value(&key(&request, policy)?, &names),
            names,
            reads: |bytes| Kept::decode(bytes.clone()).is_some(),
            at,
        };
        let target = exchange.target();
        let compute = move |old: Option<Bytes>| async move {
            let kept = old.and_then(Kept::decode).map(|kept| kept.message);
            let response = match (&kept, policy) {
                (Some(kept), Policy::Shared | Policy::Private) => {
                    validated(&exchange, &request, kept).await?
                }
                _ => exchange.message(request.clone()).await?,
            };
            let keep = policy.keep(&request, &response);
            let failure = is_failure(response.status)
                .then(|| format!("{exchange} answered {}", response.status.as_u16()));
            Ok(Made { bytes: Kept::now(response).encode()?, keep, failure })
        };
        let bytes = values.get(wanted, Box::new(move |old| Box::pin(compute(old)))).await?;
        let kept = Kept::decode(bytes).ok_or_else(|| Error::msg("a kept response is none"))?;
        Ok(CachedReply::new(kept.aged(), target))
    }
}

/// What makes two calls the same.
fn key(request: &Request<Bytes>, policy: Policy) -> Result<Vec<u8>> {
    let mut headers: Vec<_> =
        request.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    headers.sort_unstable();
    let kind = match policy {
        Policy::Shared => "shared",
        Policy::Private => "private",
        Policy::Declared(_) => "declared",
    };
    let (method, uri) = (request.method().as_str(), request.uri().to_string());
    let body: [u8; 32] = Sha256::digest(request.body()).into();
    Ok(canonical(&("upstream", kind, method, uri, headers, body))?)
}

/// What the upstream says now, when it has said this before.
async fn validated(
    exchange: &Exchange,
    request: &Request<Bytes>,
    kept: &Message,
) -> Result<Message, UpstreamError> {
    let mut conditional = request.clone();
    conditional.headers_mut().extend(validators(kept));
    let response = exchange.message(conditional).await?;
    if response.status != StatusCode::NOT_MODIFIED {
        return Ok(response);
    }
    match confirmed(kept, &response.headers) {
        Some(message) => Ok(message),
        None => exchange.message(request.clone()).await,
    }
}

/// A response with the time at which it came.
struct Kept {
    /// Milliseconds since 1970.
    at: u64,
    message: Message,
}

impl Kept {
    fn now(message: Message) -> Self {
        Self { at: now(), message }
    }

    fn encode(&self) -> Result<Bytes> {
        let message = self.message.encode();
        let message = message.ok_or_else(|| Error::msg("a response is too large to be kept"))?;
        let mut out = BytesMut::with_capacity(message.len() + 8);
        out.put_u64(self.at);
        out.put_slice(&message);
        Ok(out.freeze())
    }

    fn decode(mut bytes: Bytes) -> Option<Self> {
        let at = (bytes.len() >= 8).then(|| bytes.get_u64())?;
        Some(Self { at, message: Message::decode(bytes)? })
    }

    /// With `Age` (RFC 9111 section 5.1), when it did not come just now.
    fn aged(self) -> Message {
        let Self { at, mut message } = self;
        let seconds = now().saturating_sub(at) / 1000;
        let before = message.headers.get(header::AGE).and_then(|age| age.to_str().ok());
        let age = seconds.saturating_add(before.and_then(|age| age.parse().ok()).unwrap_or(0));
        if age > 0 {
            message.headers.insert(header::AGE, HeaderValue::from(age));
        }
        message
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

impl fmt::Debug for CachedCall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCall")
            .field("call", &self.call)
            .field("tags", &self.tags)
            .finish_non_exhaustive()
    }
}
