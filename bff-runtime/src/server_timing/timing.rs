use std::{
    borrow::Cow,
    convert::Infallible,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::extract::FromRequestParts;
use http::{HeaderMap, HeaderName, HeaderValue, request::Parts};
use tokio::time::Instant;

use super::metric::Metric;
use crate::{env::Mode, scope};

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// A header has to fit through the proxies in front; some take 4 KiB for all of a response's.
const MOST: usize = 2048;

/// Collects how long the parts of a request take, for the `Server-Timing` header of its response.
///
/// It is an argument of a handler, and the same wherever it is taken within one request; a clone is the same
/// collection too. The header goes out with the head of the response: what is measured while a body streams
/// comes too late. Of more than 2 KiB the rest is left out.
///
/// In production the header is not sent unless [`publish`](Self::publish) was called.
///
/// A page of another origin sees the names and descriptions, but the durations only with `Timing-Allow-Origin`
/// (W3C Resource Timing, section 4.5).
#[derive(Clone, Default)]
pub struct ServerTiming(Arc<Mutex<Collected>>);

#[derive(Default)]
struct Collected {
    text: String,
    is_public: bool,
}

impl ServerTiming {
    /// Says how long something took, in milliseconds with three digits after the point.
    ///
    /// Characters that a name cannot have (RFC 9110 section 5.6.2) become `_`.
    ///
    /// ```
    /// # use bff::server_timing::ServerTiming;
    /// use std::time::Duration;
    ///
    /// async fn show(timing: ServerTiming) {
    ///     timing.record("db", Duration::from_micros(53_200)); // db;dur=53.200
    /// }
    /// ```
    pub fn record(&self, name: impl Into<Cow<'static, str>>, duration: Duration) {
        self.add(&Metric { name: name.into(), description: None, duration: Some(duration) });
    }

    /// As [`record`](Self::record), with words for people. What is not printable ASCII becomes `?`.
    ///
    /// ```
    /// # use bff::server_timing::ServerTiming;
    /// use std::time::Duration;
    ///
    /// async fn show(timing: ServerTiming) {
    ///     timing.describe("db", "the posts", Duration::from_millis(5)); // db;desc="the posts";dur=5.000
    /// }
    /// ```
    pub fn describe(
        &self,
        name: impl Into<Cow<'static, str>>,
        description: impl Into<Cow<'static, str>>,
        duration: Duration,
    ) {
        let description = Some(description.into());
        self.add(&Metric { name: name.into(), description, duration: Some(duration) });
    }

    /// Says that something was the case, without a duration: `miss`, `stale`.
    ///
    /// ```
    /// # use bff::server_timing::ServerTiming;
    /// async fn show(timing: ServerTiming) {
    ///     timing.mark("miss");
    /// }
    /// ```
    pub fn mark(&self, name: impl Into<Cow<'static, str>>) {
        self.add(&Metric { name: name.into(), description: None, duration: None });
    }

    /// Measures until the value that it gives is dropped.
    ///
    /// ```
    /// # use bff::server_timing::ServerTiming;
    /// async fn show(timing: ServerTiming) {
    ///     let db = timing.start("db");
    ///     // …
    ///     drop(db);
    /// }
    /// ```
    pub fn start(&self, name: impl Into<Cow<'static, str>>) -> Span {
        Span { timing: self.clone(), name: name.into(), begun: Instant::now() }
    }

    /// Sends the header in production too, with this response: for those who may see it, such as your own
    /// staff.
    ///
    /// ```
    /// # use bff::server_timing::ServerTiming;
    /// async fn show(timing: ServerTiming) {
    ///     let is_staff = true; // from the session
    ///     if is_staff {
    ///         timing.publish();
    ///     }
    /// }
    /// ```
    pub fn publish(&self) {
        self.collected().is_public = true;
    }

    fn add(&self, metric: &Metric) {
        let metric = metric.to_string();
        let text = &mut self.collected().text;
        let separator = if text.is_empty() { "" } else { ", " };
        if text.len() + separator.len() + metric.len() <= MOST {
            text.push_str(separator);
            text.push_str(&metric);
        }
    }

    /// Adds the header, beside lines of the handler's own.
    pub(crate) fn put_on(&self, headers: &mut HeaderMap, mode: Mode) {
        let collected = self.collected();
        if !collected.text.is_empty()
            && (collected.is_public || mode != Mode::Production)
            && let Ok(value) = HeaderValue::from_str(&collected.text)
        {
            headers.append(SERVER_TIMING, value);
        }
    }

    fn collected(&self) -> MutexGuard<'_, Collected> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Sync> FromRequestParts<S> for ServerTiming {
    type Rejection = Infallible;

    /// Outside of a handler of the app folder nobody sends the header, and what is collected is dropped.
    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(scope::current().map_or_else(Self::default, |scope| {
            scope.server_timing.get_or_init(Self::default).clone()
        }))
    }
}

impl fmt::Debug for ServerTiming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServerTiming").field(&self.collected().text).finish()
    }
}

/// A measurement that runs; made by [`ServerTiming::start`]. Dropped, it ends and is recorded.
#[derive(Debug)]
#[must_use = "dropped at once, it measures nothing"]
pub struct Span {
    timing: ServerTiming,
    name: Cow<'static, str>,
    begun: Instant,
}

impl Drop for Span {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        self.timing.record(name, self.begun.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(timing: &ServerTiming, mode: Mode) -> Option<String> {
        let mut headers = HeaderMap::new();
        timing.put_on(&mut headers, mode);
        headers.get(SERVER_TIMING).map(|value| value.to_str().unwrap().to_owned())
    }

    #[tokio::test(start_paused = true)]
    async fn metrics_are_sent_in_the_order_in_which_they_ended() {
        let timing = ServerTiming::default();
        assert_eq!(sent(&timing, Mode::Development), None);
        let outer = timing.start("outer");
        let inner = timing.start("inner");
        tokio::time::advance(Duration::from_micros(1500)).await;
        drop(inner);
        timing.mark("miss");
        tokio::time::advance(Duration::from_micros(500)).await;
        drop(outer);
        timing.describe("db", "two rows", Duration::from_secs(1));
        let expected = "inner;dur=1.500, miss, outer;dur=2.000, db;desc=\"two rows\";dur=1000.000";
        assert_eq!(sent(&timing, Mode::Development).as_deref(), Some(expected));
        assert_eq!(sent(&timing, Mode::Test).as_deref(), Some(expected));
    }

    #[test]
    fn in_production_nothing_is_sent_unless_the_program_says_so() {
        let timing = ServerTiming::default();
        timing.mark("miss");
        assert_eq!(sent(&timing, Mode::Production), None);
        timing.clone().publish();
        assert_eq!(sent(&timing, Mode::Production).as_deref(), Some("miss"));
    }

    #[test]
    fn the_header_stays_small() {
        let timing = ServerTiming::default();
        for number in 0..10_000_u32 {
            timing.mark(format!("metric-{number}"));
        }
        let sent = sent(&timing, Mode::Development).unwrap();
        assert!((MOST - 20..=MOST).contains(&sent.len()), "{}", sent.len());
        assert!(sent.starts_with("metric-0, metric-1, ") && !sent.ends_with(", "));
    }
}
