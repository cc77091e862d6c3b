use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{body::Body, extract::Request};
use http::{Extensions, HeaderMap, HeaderValue, Uri, header, uri::PathAndQuery};

use super::{
    Name, Reads, Revalidate, Tag, TagPiece, Vary,
    entry::Terms,
    key::{self, Parts},
    revalidate::without_slash,
    space::Space,
};
use crate::{
    cookies::cookie_pairs,
    metadata,
    policy::{Decided, Gate, spelled},
    request::{self, PublicOrigin},
    routing::{self, HandlerInfo, Route, Segment},
};

/// A handler whose answers may be kept.
#[derive(Clone, Debug)]
pub(crate) struct Keeper {
    pub(crate) route: &'static Route,
    pub(crate) info: HandlerInfo,
    pub(crate) space: Space,
    /// True when `bff.toml` may put headers on the answers.
    pub(crate) has_headers: bool,
    /// True when a proxy decides on requests before they come to the handler.
    pub(crate) has_proxy: bool,
}

/// How the answers of a handler are kept.
#[derive(Debug)]
pub(crate) struct Plan {
    keeper: Keeper,
    revalidate: Option<Duration>,
    tags: Vec<&'static Tag>,
    vary: Vec<&'static Vary>,
    /// How long the handler may take.
    pub(super) timeout: Option<Duration>,
    /// How many may be with the handler at a time.
    pub(super) gate: Option<Gate>,
    /// What a response says that says nothing of it itself.
    pub(super) cache_control: HeaderValue,
}

impl Plan {
    /// `None` when nothing is kept.
    pub(crate) fn new(decided: &Decided, keeper: &Keeper) -> Option<Self> {
        let (revalidate, _) = decided.revalidate?;
        let revalidate = match revalidate {
            Revalidate::NotStored => return None,
            Revalidate::Every(period) => Some(period),
            Revalidate::Never => None,
        };
        let vary = &decided.vary;
        // Who may see it is found out for each request, and no cache in front does that.
        let is_guarded = !(keeper.info.requirements().is_empty() && decided.require.is_empty());
        let is_private =
            keeper.has_proxy || is_guarded || vary.iter().any(|vary| tells_who_asks(vary));
        Some(Self {
            revalidate,
            tags: decided.tags.clone(),
            vary: vary.clone(),
            timeout: decided.timeout.and_then(|(timeout, _)| timeout),
            gate: decided.gate.clone(),
            cache_control: cache_control(revalidate, is_private),
            keeper: keeper.clone(),
        })
    }

    pub(super) fn route(&self) -> &'static Route {
        self.keeper.route
    }

    /// True when headers of `bff.toml` may go in place of those that nobody has asked for.
    pub(super) fn gives_way(&self) -> bool {
        self.keeper.has_headers
    }

    /// What the handler is given of the query, and no more is in the key.
    fn query<'a>(&self, sent: &'a Uri) -> Option<Cow<'a, str>> {
        let info = &self.keeper.info;
        let query = sent.query()?;
        if info.reads().has(Reads::QUERY) {
            return Some(Cow::Borrowed(query));
        }
        let part = info.splits().then(|| metadata::asked_part(query))??;
        Some(Cow::Owned(format!("part={part}")))
    }

    /// What the answer to a request depends on; `None` when that is too long to be kept.
    pub(super) fn key(&self, request: &Request) -> Option<Parts> {
        let (uri, headers) = (request.uri(), request.headers());
        let mut parts = Parts::new();
        parts.part(self.keeper.space.as_bytes());
        // Redirects and the like have it before their path.
        parts.part(request::base_path(uri, request.extensions()).as_bytes());
        parts.part(without_slash(&spelled(uri.path())).as_bytes());
        let info = &self.keeper.info;
        if info.reads().has(Reads::QUERY) || info.splits() {
            parts.optional(self.query(uri).as_deref().map(str::as_bytes));
        }
        if info.splits() {
            // Of the parts there is a list, with their addresses.
            let origin: Option<&PublicOrigin> = request.extensions().get();
            parts.optional(origin.map(|it| it.0.to_string()).as_deref().map(str::as_bytes));
        }
        for vary in &self.vary {
            match vary {
                Vary::Header(name) => {
                    parts.list(headers.get_all(*name).iter().map(HeaderValue::as_bytes));
                }
                Vary::Cookie(name) => parts.list(cookie_pairs(headers, name)),
            }
        }
        (parts.as_bytes().len() <= key::LONGEST).then_some(parts)
    }

    /// The request as the handler is given it: all that is in the key, and nothing else that comes from the client.
    pub(super) fn for_handler(&self, request: Request) -> Request {
        let (parts, _) = request.into_parts();
        self.given(&parts.uri, &parts.headers, parts.extensions)
    }

    /// The same, of a request that has its answer already.
    pub(super) fn copy_for_handler(&self, request: &Request) -> Request {
        self.given(request.uri(), request.headers(), request.extensions().clone())
    }

    fn given(&self, sent: &Uri, headers: &HeaderMap, mut extensions: Extensions) -> Request {
        let mut request = Request::new(Body::empty());
        // What routing has kept of the URL has the host in it, and the query.
        let uri = self.uri(sent);
        request::forget_sent(&uri, &mut extensions);
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers(headers);
        *request.extensions_mut() = extensions;
        request
    }

    fn uri(&self, sent: &Uri) -> Uri {
        let query = self.query(sent);
        if let Some(whole) = sent.path_and_query().filter(|whole| whole.query() == query.as_deref())
        {
            return Uri::from(whole.clone());
        }
        let target = match query {
            Some(query) => PathAndQuery::try_from(format!("{}?{query}", sent.path())),
            None => PathAndQuery::try_from(sent.path()),
        };
        // Both were of a URI.
        target.map(Uri::from).unwrap_or_default()
    }

    fn headers(&self, sent: &HeaderMap) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut cookies: Vec<u8> = Vec::new();
        for vary in &self.vary {
            match vary {
                Vary::Header(name) => {
                    for value in sent.get_all(*name) {
                        headers.append(*name, value.clone());
                    }
                }
                Vary::Cookie(name) => {
                    for value in cookie_pairs(sent, name) {
                        if !cookies.is_empty() {
                            cookies.extend_from_slice(b"; ");
                        }
                        cookies.extend_from_slice(name.as_bytes());
                        cookies.push(b'=');
                        cookies.extend_from_slice(value);
                    }
                }
            }
        }
        // What was in a header can be in one.
        if let Some(cookies) =
            HeaderValue::from_bytes(&cookies).ok().filter(|cookies| !cookies.is_empty())
        {
            headers.insert(header::COOKIE, cookies);
        }
        headers
    }

    /// How long the answer to this path is good, and its names; `None` when a param makes a tag too long to be one.
    pub(super) fn terms(&self, path: &str) -> Option<Terms> {
        let spelled = spelled(path);
        let mut names = Name::of_path(without_slash(&spelled), self.route().pattern());
        for tag in &self.tags {
            let tag =
                filled(tag, path, self.route().segments(), self.keeper.info.suffix_of_param());
            // Also when params have filled it.
            if tag.chars().nth(Name::LONGEST_TAG).is_some() {
                return None;
            }
            names.push(Name::tag(&tag));
        }
        Some(Terms { revalidate: self.revalidate, expire: Terms::LONGEST, names })
    }

    /// The headers that answers depend on.
    pub(super) fn varies_by(&self) -> impl Iterator<Item = &'static str> {
        self.vary.iter().map(|vary| match vary {
            Vary::Header(name) => *name,
            Vary::Cookie(_) => header::COOKIE.as_str(),
        })
    }

    /// True when the response says that it depends on something that is not in the key.
    pub(super) fn depends_on_more(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(header::VARY).iter();
        let mut names = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
        names.any(|name| {
            let name = name.trim_ascii();
            let is_it = |own: &str| name.eq_ignore_ascii_case(own.as_bytes());
            !name.is_empty() && !self.varies_by().any(is_it)
        })
    }
}

/// A tag with the decoded values of the params.
fn filled(tag: &Tag, path: &str, segments: &[Segment], suffix: &str) -> String {
    let mut text = String::new();
    for piece in tag.pieces {
        match piece {
            TagPiece::Text(piece) => text.push_str(piece),
            TagPiece::Param(name) => text.push_str(&value(name, path, segments, suffix)),
        }
    }
    text
}

fn value(name: &str, path: &str, segments: &[Segment], suffix: &str) -> String {
    let found = segments.iter().enumerate().find_map(|(index, segment)| match segment {
        Segment::Param(own) if *own == name => {
            let value = routing::segment(path, index);
            let is_last = index + 1 == segments.len();
            Some(value.strip_suffix(suffix).filter(|_| is_last).unwrap_or(value))
        }
        Segment::CatchAll(own) | Segment::OptionalCatchAll(own) if *own == name => {
            Some(routing::rest(path, index).unwrap_or_default())
        }
        _ => None,
    });
    let segments = found.unwrap_or_default().split('/');
    let decoded = segments.map(|segment| routing::decode(segment).unwrap_or(segment.into()));
    decoded.collect::<Vec<_>>().join("/")
}

/// True unless the header is one of those by which clients say which form of a thing they like.
fn tells_who_asks(vary: &Vary) -> bool {
    const OF_FORM: [&str; 5] =
        ["accept", "accept-encoding", "accept-language", "save-data", "user-agent"];
    match vary {
        Vary::Header(name) => !OF_FORM.contains(name) && !name.starts_with("sec-ch-"),
        Vary::Cookie(_) => true,
    }
}

/// What caches in front may do (RH-246, RH-251). What only some may see is asked for again each time.
fn cache_control(revalidate: Option<Duration>, is_private: bool) -> HeaderValue {
    let Some(period) = revalidate.filter(|_| !is_private) else {
        let always = "s-maxage=31536000";
        return HeaderValue::from_static(if is_private { "private, no-cache" } else { always });
    };
    // Periods come from the text of the program, so they are few and may stay. A value that is not static counts who has
    // it, and all threads that send kept answers would count on one counter.
    static TEXTS: Mutex<BTreeMap<u64, &str>> = Mutex::new(BTreeMap::new());
    let (period, rest) = (period.as_secs(), Terms::LONGEST.saturating_sub(period).as_secs());
    let text = || match rest {
        0 => format!("s-maxage={period}"),
        rest => format!("s-maxage={period}, stale-while-revalidate={rest}"),
    };
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    HeaderValue::from_static(texts.entry(period).or_insert_with(|| text().leak()))
}

impl Plan {
    /// Shared by the requests of a handler.
    pub(crate) fn shared(decided: &Decided, keeper: Option<&Keeper>) -> Option<Arc<Self>> {
        Self::new(decided, keeper?).map(Arc::new)
    }
}

#[cfg(test)]
mod tests;
