use axum::response::Response;
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{self, Entry},
};

use crate::policy::{Prepared, Told};

type Header = (HeaderName, HeaderValue);

/// The headers as they go on a response.
#[derive(Debug)]
pub(super) struct Ready {
    page: Vec<Header>,
    /// Scripts and PDFs: a worker is bound by the policy that its script came with, and viewers load what a PDF has.
    asset: Vec<Header>,
    other: Vec<Header>,
    /// An app has taken all of them away.
    is_empty: bool,
    /// For responses that are neither a page nor an asset, and that are told nothing.
    prepared: Prepared,
}

impl Ready {
    /// For any response, for pages, and for what is neither a page nor an asset.
    pub(super) fn new(
        always: &[(&'static str, Option<&'static str>)],
        page: &[(&'static str, Option<&'static str>)],
        other: &[(&'static str, Option<&'static str>)],
    ) -> Self {
        let headers = |more: &[(&'static str, Option<&'static str>)]| -> Vec<Header> {
            let headers = always.iter().chain(more).filter_map(|&(name, value)| {
                // The build has checked the values.
                let value = Bytes::from_static(value?.as_bytes());
                Some((HeaderName::from_static(name), HeaderValue::from_maybe_shared(value).ok()?))
            });
            headers.collect()
        };
        let (page, asset, other) = (headers(page), headers(&[]), headers(other));
        let is_empty = page.is_empty() && asset.is_empty() && other.is_empty();
        Self { page, asset, other, is_empty, prepared: Prepared::default() }
    }

    /// Puts them on a response, each unless it has one of the name, and before them what it is told.
    #[inline]
    pub(super) fn put_on(&self, response: &mut Response, told: Option<&Told>) {
        if self.is_empty && told.is_none() {
            return;
        }
        let kind = kind(response.status(), content_type(response.headers()));
        let chosen = match kind {
            Kind::Page => &self.page[..],
            Kind::Asset => &self.asset,
            Kind::Other => &self.other,
            Kind::None => &[],
        };
        let prepared = match told {
            _ if kind != Kind::Other => None,
            Some(told) => told.prepared.as_deref(),
            None => Some(&self.prepared),
        };
        let headers = response.headers_mut();
        let put_each = |headers: &mut HeaderMap| {
            if let Some(told) = told {
                told.put_on(headers);
            }
            put_absent(chosen, headers);
        };
        match prepared {
            Some(prepared) => prepared.put_on(headers, told, put_each),
            None => put_each(headers),
        }
    }
}

/// Mostly the first header, where it is not looked for.
#[inline]
fn content_type(headers: &HeaderMap) -> Option<&HeaderValue> {
    match headers.iter().next() {
        Some((name, value)) if *name == header::CONTENT_TYPE => Some(value),
        _ => headers.get(header::CONTENT_TYPE),
    }
}

fn put_absent(chosen: &[Header], headers: &mut HeaderMap) {
    headers.reserve(chosen.len());
    // A look at the few names that are there costs less than looking each of ours up before it is inserted.
    let is_ours = |name: &HeaderName| chosen.iter().any(|(ours, _)| ours == name);
    if !headers.keys().any(is_ours) {
        for (name, value) in chosen {
            headers.insert(name, value.clone());
        }
        return;
    }
    for (name, value) in chosen {
        if let Entry::Vacant(vacant) = headers.entry(name) {
            vacant.insert(value.clone());
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Page,
    Asset,
    Other,
    /// Nothing goes on it.
    None,
}

fn kind(status: StatusCode, content_type: Option<&HeaderValue>) -> Kind {
    // A 304 brings the headers of what is stored up to date (RFC 9111 section 3.2), and its own type is not known here:
    // a page would get the policy of what is none. 101 is no message for a page.
    if status == StatusCode::NOT_MODIFIED || status.is_informational() {
        return Kind::None;
    }
    let content_type = content_type.map_or(&[][..], HeaderValue::as_bytes);
    // What most answers are.
    if matches!(content_type, b"application/json" | b"text/plain; charset=utf-8") {
        return Kind::Other;
    }
    let essence = content_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let is = |known: &[&str]| known.iter().any(|it| essence.eq_ignore_ascii_case(it.as_bytes()));
    if is(&["text/html", "application/xhtml+xml"]) {
        Kind::Page
    } else if is(&["text/javascript", "application/javascript", "application/pdf"]) {
        Kind::Asset
    } else {
        Kind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_response_is_that_of_its_content() {
        for (status, content_type, expected) in [
            (200, "application/json", Kind::Other),
            (200, "text/html; charset=utf-8", Kind::Page),
            (404, "TEXT/HTML", Kind::Page),
            (200, "application/xhtml+xml", Kind::Page),
            (200, "text/javascript; charset=utf-8", Kind::Asset),
            (200, "application/pdf", Kind::Asset),
            (200, "text/htmlx", Kind::Other),
            (200, "image/svg+xml", Kind::Other),
            (204, "", Kind::Other),
            (308, "", Kind::Other),
            (304, "", Kind::None),
            (101, "", Kind::None),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let found = kind(status, Some(&HeaderValue::from_static(content_type)));
            assert_eq!(found, expected, "{status} {content_type}");
        }
    }
}
