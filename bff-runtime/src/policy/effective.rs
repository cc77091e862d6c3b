use std::{sync::Arc, time::Duration};

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Header, Policy, Prepared, Setting, counters::Counters, gate::Gate};
use crate::{
    cache::{Keeper, Plan, Revalidate, Tag, Vary},
    cors::Cors,
    csrf::Csrf,
    pipeline::DefaultHeaders,
    rate_limit::{Limiter, RateLimit},
};

/// What says something about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// A place in `[server]` of `bff.toml`.
    Server(&'static str),
    /// A place in its `[[rules]]`.
    Rule(&'static str),
    /// The attribute of the handler.
    Attribute,
}

/// What holds for a request, each value with who says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    pub(crate) timeout: Option<(Option<Duration>, Voice)>,
    pub(crate) body_limit: Option<(Option<u64>, Voice)>,
    pub(crate) concurrency: Option<(Option<u32>, Voice)>,
    pub(crate) gate: Option<Gate>,
    pub(crate) rate_limit: Option<(&'static [&'static RateLimit], Voice)>,
    limiter: Option<Limiter>,
    pub(crate) cors: Option<(Option<&'static Cors>, Voice)>,
    pub(crate) csrf: Option<(&'static Csrf, Voice)>,
    /// What rules require, from the least to the most specific.
    pub(crate) require: Vec<(&'static str, Voice)>,
    pub(crate) revalidate: Option<(Revalidate, Voice)>,
    /// These add up, each once.
    pub(crate) tags: Vec<&'static Tag>,
    pub(crate) vary: Vec<&'static Vary>,
    /// From the least to the most specific; of two with one name the later holds.
    pub(crate) headers: Vec<&'static Header>,
}

impl Decided {
    /// Hears a policy; what an earlier one has said of the same is forgotten.
    pub(super) fn hear(
        &mut self,
        policy: &Policy,
        counters: &Counters,
        voice: fn(&'static str) -> Voice,
    ) {
        if let Some(Setting { value, place }) = policy.timeout {
            self.timeout = Some((value, voice(place)));
        }
        if let Some(Setting { value, place }) = policy.body_limit {
            self.body_limit = Some((value, voice(place)));
        }
        if let Some(Setting { value, place }) = policy.concurrency {
            self.concurrency = Some((value, voice(place)));
            self.gate.clone_from(&counters.gate);
        }
        if let Some(Setting { value, place }) = policy.rate_limit {
            self.rate_limit = Some((value, voice(place)));
            self.limiter.clone_from(&counters.limiter);
        }
        if let Some(Setting { value, place }) = policy.cors {
            self.cors = Some((value, voice(place)));
        }
        if let Some(Setting { value, place }) = policy.csrf {
            self.csrf = Some((value, voice(place)));
        }
        if let Some(Setting { value, place }) = policy.require {
            if value.is_empty() {
                self.require.clear();
            }
            self.require.extend(value.iter().map(|name| (*name, voice(place))));
        }
        if let Some(Setting { value, place }) = policy.revalidate {
            self.revalidate = Some((value, voice(place)));
        }
        for tag in policy.tags {
            if self.tags.iter().all(|other| other.text != tag.text) {
                self.tags.push(tag);
            }
        }
        for vary in policy.vary {
            if !self.vary.contains(&vary) {
                self.vary.push(vary);
            }
        }
        for header in policy.headers {
            // A cookie more is no other cookie less.
            if header.name != header::SET_COOKIE.as_str() {
                self.headers.retain(|other| other.name != header.name);
            }
            self.headers.push(header);
        }
    }
}

/// What is done with a request: [`Decided`], made ready.
#[derive(Clone, Debug)]
pub(crate) struct Effective {
    pub(crate) timeout: Option<Duration>,
    /// The inner `None` is any number.
    pub(crate) body_limit: Option<Option<u64>>,
    /// The limit is of the handler or of a rule, and not of the server.
    pub(super) is_own_limit: bool,
    pub(super) gate: Option<Gate>,
    pub(super) limiter: Option<Limiter>,
    pub(super) cors: Option<&'static Cors>,
    pub(super) csrf: &'static Csrf,
    /// How answers are kept, when they are.
    pub(super) plan: Option<Arc<Plan>>,
    /// `None` where there are none.
    pub(crate) headers: Option<Arc<HeaderMap>>,
    /// For what responses are told; `None` when this is for one request alone.
    pub(super) prepared: Option<Arc<Prepared>>,
}

impl Effective {
    /// `keeper` is the handler whose answers may be kept.
    pub(crate) fn new(decided: &Decided, keeper: Option<&Keeper>) -> Self {
        let mut headers = HeaderMap::new();
        for header in &decided.headers {
            // The build has checked both.
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(header.name), HeaderValue::try_from(header.value))
            {
                headers.append(name, value);
            }
        }
        Self {
            timeout: decided.timeout.and_then(|(timeout, _)| timeout),
            body_limit: decided.body_limit.map(|(limit, _)| limit),
            is_own_limit: decided
                .body_limit
                .is_some_and(|(_, voice)| !matches!(voice, Voice::Server(_))),
            gate: decided.gate.clone(),
            limiter: decided.limiter.clone(),
            cors: decided.cors.and_then(|(cors, _)| cors),
            csrf: decided.csrf.map_or(&Csrf::DEFAULT, |(csrf, _)| csrf),
            plan: Plan::shared(decided, keeper),
            headers: (!headers.is_empty()).then(|| Arc::new(headers)),
            prepared: None,
        }
    }

    /// The same for any number of requests.
    pub(super) fn prepared(self) -> Self {
        Self { prepared: Some(Arc::default()), ..self }
    }
}

/// Puts the headers of a policy on a response; what the handler has set itself stays (PL-12), and what nobody has asked
/// for goes (RH-250).
pub(crate) fn put_on(headers: &HeaderMap, response: &mut Response) {
    let defaults = response.extensions().get::<DefaultHeaders>().copied();
    let is_default = |name: &HeaderName| {
        defaults.is_some_and(|DefaultHeaders(names)| names.contains(&name.as_str()))
    };
    let response = response.headers_mut();
    for name in headers.keys() {
        if is_default(name) {
            response.remove(name);
        }
        if name == header::SET_COOKIE || !response.contains_key(name) {
            for value in headers.get_all(name) {
                response.append(name, value.clone());
            }
        }
    }
}
