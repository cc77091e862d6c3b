use std::sync::OnceLock;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Told;
use crate::rate_limit::RATE_LIMIT;

/// What responses are sent with, made once for the first few shapes that they have: those of a route mostly have the same
/// names in the same order, and what goes on them is the same each time but for a few values.
///
/// To copy a map costs half of what it costs to put each header into one: nothing is hashed, and the map never grows.
#[derive(Debug, Default)]
pub(crate) struct Prepared([OnceLock<Box<Shape>>; SHAPES]);

/// So many are remembered. Others have each header looked at.
const SHAPES: usize = 8;

/// Responses with these names, of requests that are told as much.
#[derive(Debug)]
struct Shape {
    names: Vec<HeaderName>,
    has_limit: bool,
    has_reader: bool,
    /// `None` when what goes on them depends on more than that.
    copied: Option<Copied>,
}

#[derive(Debug)]
struct Copied {
    headers: HeaderMap,
    /// For each header, in order, whose value it is; up to the last that is not the same each time.
    values: Vec<Whose>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// That of the response itself.
    Own,
    Limit,
    Reader,
    /// The same each time.
    Everybodys,
}

impl Prepared {
    /// Puts on a response what it is told and more, as `put_on` does; that must be the same for the same names.
    #[inline]
    pub(crate) fn put_on(
        &self,
        response: &mut HeaderMap,
        told: Option<&Told>,
        put_on: impl Fn(&mut HeaderMap),
    ) {
        let limit = told.and_then(Told::limit);
        let reader = told.and_then(Told::reader);
        let is_it = |shape: &Shape| {
            shape.has_limit == limit.is_some()
                && shape.has_reader == reader.is_some()
                && shape.names.len() == response.len()
                && response.keys().eq(&shape.names)
        };
        for shape in &self.0 {
            let shape = shape.get_or_init(|| Box::new(Shape::new(response, told, &put_on)));
            if is_it(shape) {
                match &shape.copied {
                    Some(copied) => copied.put_on(response, limit, reader.cloned()),
                    None => put_on(response),
                }
                return;
            }
        }
        put_on(response);
    }
}

impl Shape {
    #[cold]
    fn new(response: &HeaderMap, told: Option<&Told>, put_on: impl Fn(&mut HeaderMap)) -> Self {
        let mut headers = response.clone();
        put_on(&mut headers);
        Self {
            names: response.keys().cloned().collect(),
            has_limit: told.and_then(Told::limit).is_some(),
            has_reader: told.and_then(Told::reader).is_some(),
            // Whether more is said there depends on what is said already.
            copied: (!response.contains_key(header::VARY))
                .then(|| Copied::new(headers, response))
                .flatten(),
        }
    }
}

impl Copied {
    /// `None` unless headers follow those of the response, each with one line.
    fn new(mut headers: HeaderMap, response: &HeaderMap) -> Option<Self> {
        let own = response.len();
        if headers.len() != headers.keys_len() || !headers.keys().take(own).eq(response.keys()) {
            return None;
        }
        let whose = |(index, name): (usize, &HeaderName)| match *name {
            _ if index < own => Whose::Own,
            header::ACCESS_CONTROL_ALLOW_ORIGIN => Whose::Reader,
            _ if *name == RATE_LIMIT => Whose::Limit,
            _ => Whose::Everybodys,
        };
        let mut values: Vec<Whose> = headers.keys().enumerate().map(whose).collect();
        // What is replaced in each copy is not worth sharing.
        for (whose, value) in values.iter().zip(headers.values_mut()) {
            if *whose != Whose::Everybodys {
                *value = HeaderValue::from_static("");
            }
        }
        let last = values.iter().rposition(|whose| *whose != Whose::Everybodys);
        values.truncate(last.map_or(0, |last| last + 1));
        Some(Self { headers, values })
    }

    #[inline]
    fn put_on(
        &self,
        response: &mut HeaderMap,
        mut limit: Option<HeaderValue>,
        mut reader: Option<HeaderValue>,
    ) {
        let own = std::mem::replace(response, self.headers.clone());
        let mut own = own.into_iter().map(|(_, value)| value);
        for (whose, value) in self.values.iter().zip(response.values_mut()) {
            let of_response = match whose {
                Whose::Own => own.next(),
                Whose::Limit => limit.take(),
                Whose::Reader => reader.take(),
                Whose::Everybodys => None,
            };
            if let Some(of_response) = of_response {
                *value = of_response;
            }
        }
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
        let limiter = Limiters::in_memory().limiter(&[&LIMIT]).expect("a limit");
        let (limit, none) = (Some(&limiter), None);
        let [a, b] = ORIGINS.map(Some);
        let plain = |text| vec![("content-type", text)];
        let sized = |text, length| vec![("content-type", text), ("content-length", length)];
        let rows = [
            (sized("text/plain", "1"), limit, a),
            (plain("text/plain"), limit, b),
            (plain("application/json"), none, None),
            (sized("text/css", "22"), limit, b),
            (plain("text/plain"), limit, a),
            (plain("text/plain"), limit, None),
            (sized("text/css", "333"), none, a),
            (sized("text/css", "4"), none, Some("https://evil.example")),
            (vec![("etag", "\"a\""), ("age", "7"), ("content-type", "text/plain")], limit, a),
            // What is said already.
            (vec![("vary", "accept")], limit, a),
            (vec![("vary", "origin")], limit, a),
            (vec![("x-content-type-options", "none"), ("location", "/")], none, b),
            (vec![("access-control-allow-origin", "*")], limit, a),
            (vec![("ratelimit", "\"upstream\";r=1;t=1")], limit, None),
            (vec![("set-cookie", "a=1"), ("set-cookie", "b=2")], limit, a),
            (vec![], none, None),
        ];
        // From either end, as the first shapes are those that are remembered; and each more than once, as a copy has
        // nothing of the response before.
        for from_the_end in [false, true] {
            let prepared = Prepared::default();
            for turn in 0..3 * rows.len() {
                let index = turn % rows.len();
                let index = if from_the_end { rows.len() - 1 - index } else { index };
                let (own, limiter, origin) = &rows[index];
                let (own, told) = (headers(own), told(*limiter, *origin));
                let put_on = |headers: &mut HeaderMap| {
                    told.put_on(headers);
                    let entry = headers.entry("x-content-type-options");
                    entry.or_insert(HeaderValue::from_static("nosniff"));
                };
                let (mut expected, mut response) = (own.clone(), own);
                put_on(&mut expected);
                prepared.put_on(&mut response, Some(&told), put_on);
                let lines = |headers: &HeaderMap| -> Vec<(HeaderName, HeaderValue)> {
                    headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
                };
                assert_eq!(lines(&response), lines(&expected), "turn {turn}");
            }
        }
    }
}
