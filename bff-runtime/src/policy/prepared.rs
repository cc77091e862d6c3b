use std::sync::OnceLock;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Told;
use crate::rate_limit::RATE_LIMIT;

/// What most responses are sent with, made once: they have the headers of their content alone, and what goes on them
/// is the same each time but for a few values.
///
/// To copy a map costs a third of what it costs to put each header into one.
#[derive(Debug, Default)]
pub(crate) struct Prepared([OnceLock<Box<Copied>>; SHAPES]);

/// Which headers there are is one of so many.
const SHAPES: usize = 8;

#[derive(Debug)]
struct Copied {
    headers: HeaderMap,
    /// For each header, in order, whose value it is; up to the last that is not the same each time.
    values: Vec<Whose>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// The same each time.
    Everybodys,
    /// `Content-Type`, or `Content-Length` after it.
    Content,
    Limit,
    Reader,
}

impl Whose {
    fn of(name: &HeaderName) -> Self {
        match *name {
            header::CONTENT_TYPE | header::CONTENT_LENGTH => Self::Content,
            header::ACCESS_CONTROL_ALLOW_ORIGIN => Self::Reader,
            _ if *name == RATE_LIMIT => Self::Limit,
            _ => Self::Everybodys,
        }
    }
}

impl Prepared {
    /// Puts on a response what it is told, and what `put_on` puts there too, which is the same each time.
    #[inline]
    pub(crate) fn put_on(
        &self,
        response: &mut HeaderMap,
        plain: Plain,
        told: Option<&Told>,
        put_on: impl FnOnce(&mut HeaderMap),
    ) {
        let limit = told.and_then(Told::limit);
        let reader = told.and_then(Told::reader);
        let shape = usize::from(plain.has_length)
            | usize::from(limit.is_some()) << 1
            | usize::from(reader.is_some()) << 2;
        let Copied { headers, values } = &**self.0[shape].get_or_init(|| {
            let mut headers = response.clone();
            put_on(&mut headers);
            Box::new(Copied::new(headers))
        });
        let own = std::mem::replace(response, headers.clone());
        let mut own = own.into_iter().map(|(_, value)| value);
        let (mut content, mut limit, mut reader) = (own.next(), limit, reader.cloned());
        for (whose, value) in values.iter().zip(response.values_mut()) {
            let of_response = match whose {
                Whose::Everybodys => continue,
                Whose::Content => std::mem::replace(&mut content, own.next()),
                Whose::Limit => limit.take(),
                Whose::Reader => reader.take(),
            };
            if let Some(of_response) = of_response {
                *value = of_response;
            }
        }
    }
}

/// A response has no headers but those of its content: a type and perhaps a length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    has_length: bool,
}

impl Plain {
    /// It, and its type; `None` when it has others.
    #[inline]
    pub(crate) fn of(response: &HeaderMap) -> Option<(Self, &HeaderValue)> {
        let mut headers = response.iter();
        let (first, content_type) = headers.next()?;
        let has_length = match headers.next() {
            None => false,
            Some((second, _)) => {
                let is_last = response.len() == 2;
                (is_last && *second == header::CONTENT_LENGTH).then_some(true)?
            }
        };
        (*first == header::CONTENT_TYPE).then_some((Self { has_length }, content_type))
    }
}

impl Copied {
    fn new(mut headers: HeaderMap) -> Self {
        let mut values: Vec<Whose> = headers.iter().map(|(name, _)| Whose::of(name)).collect();
        // What is replaced in each copy is not worth sharing.
        for (whose, value) in values.iter().zip(headers.values_mut()) {
            if *whose != Whose::Everybodys {
                *value = HeaderValue::from_static("");
            }
        }
        let last = values.iter().rposition(|whose| *whose != Whose::Everybodys);
        values.truncate(last.map_or(0, |last| last + 1));
        Self { headers, values }
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, extract::Request};

    use super::*;
    use crate::{
        cors::{AllowedHeaders, AllowedOrigin, Cors, CorsAnswer, Origins},
        rate_limit::{Limiter, Limiters, RateLimit, Verdict},
    };

    static LIMIT: RateLimit = RateLimit::new("a", 100, 60);

    const ORIGINS: [&str; 2] = ["https://a.example", "https://b.example"];

    static CORS: Cors = Cors {
        origins: Origins::Listed(&[
            AllowedOrigin::Exact(ORIGINS[0]),
            AllowedOrigin::Exact(ORIGINS[1]),
        ]),
        credentials: true,
        allow_headers: AllowedHeaders::Asked,
        expose_headers: "x-total",
        max_age: "600",
        private_network: false,
    };

    /// What a request with this origin is told.
    fn told(limiter: Option<&Limiter>, origin: Option<&'static str>) -> Told {
        let mut request = Request::new(Body::empty());
        if let Some(origin) = origin {
            request.headers_mut().insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        let allowance = limiter.map(|limiter| match limiter.check(&mut request) {
            Some(Verdict::Allowed(allowance)) => allowance,
            other => panic!("{other:?}"),
        });
        let cors = Some(CorsAnswer::of(&CORS, request.headers()));
        Told { allowance, cors, prepared: None }
    }

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let line = |&(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn what_is_copied_is_what_would_have_been_put_there() {
        let same_each_time = |headers: &mut HeaderMap| {
            headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        };
        let limiter = Limiters::in_memory().limiter(&[&LIMIT]).expect("a limit");
        let prepared = Prepared::default();
        // Each shape twice, and in between others: a copy has nothing of the response before.
        for (length, limiter, origin) in [
            ("1", Some(&limiter), Some(ORIGINS[0])),
            ("", Some(&limiter), Some(ORIGINS[1])),
            ("", None, None),
            ("22", Some(&limiter), Some(ORIGINS[1])),
            ("", Some(&limiter), Some(ORIGINS[0])),
            ("", Some(&limiter), None),
            ("333", None, Some(ORIGINS[0])),
            ("4444", None, Some("https://evil.example")),
            ("", Some(&limiter), None),
            ("", None, Some(ORIGINS[1])),
            ("1", Some(&limiter), Some(ORIGINS[0])),
        ] {
            let own = [("content-type", "text/plain"), ("content-length", length)];
            let own = headers(&own[..if length.is_empty() { 1 } else { 2 }]);
            let told = told(limiter, origin);
            let mut expected = own.clone();
            told.put_on(&mut expected);
            same_each_time(&mut expected);
            let (plain, content_type) = Plain::of(&own).expect("it is plain");
            assert_eq!(content_type, "text/plain");
            let mut response = own.clone();
            prepared.put_on(&mut response, plain, Some(&told), |headers| {
                told.put_on(headers);
                same_each_time(headers);
            });
            assert_eq!(
                response.iter().collect::<Vec<_>>(),
                expected.iter().collect::<Vec<_>>(),
                "{length} {origin:?}"
            );
        }
    }

    #[test]
    fn a_response_with_other_headers_is_not_plain() {
        for (lines, is_plain) in [
            (&[][..], false),
            (&[("content-type", "text/plain")], true),
            (&[("content-type", "text/plain"), ("content-length", "1")], true),
            (&[("content-length", "1"), ("content-type", "text/plain")], false),
            (&[("content-length", "1")], false),
            (&[("content-type", "text/plain"), ("vary", "accept")], false),
            (&[("content-type", "a/b"), ("content-length", "1"), ("etag", "\"a\"")], false),
        ] {
            assert_eq!(Plain::of(&headers(lines)).is_some(), is_plain, "{lines:?}");
        }
        let mut twice = headers(&[("content-type", "text/plain")]);
        twice.append("content-type", HeaderValue::from_static("text/html"));
        assert!(Plain::of(&twice).is_none());
    }
}
