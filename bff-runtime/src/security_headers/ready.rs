use axum::response::Response;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{self, Entry},
};

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
                Some((HeaderName::from_static(name), HeaderValue::try_from(value?).ok()?))
            });
            headers.collect()
        };
        let (page, asset, other) = (headers(page), headers(&[]), headers(other));
        let is_empty = page.is_empty() && asset.is_empty() && other.is_empty();
        Self { page, asset, other, is_empty }
    }

    /// Puts them on a response that has none of the name.
    #[inline]
    pub(super) fn put_on(&self, response: &mut Response) {
        if self.is_empty {
            return;
        }
        let chosen = match kind(response) {
            Kind::Page => &self.page,
            Kind::Asset => &self.asset,
            Kind::Other => &self.other,
            Kind::None => return,
        };
        let headers = response.headers_mut();
        headers.reserve(chosen.len());
        // A look at the few names that are there costs less than looking each of ours up before it is inserted.
        let is_ours = |name: &HeaderName| chosen.iter().any(|(ours, _)| ours == name);
        if headers.keys().any(is_ours) {
            put_absent(chosen, headers);
        } else {
            for (name, value) in chosen {
                headers.insert(name, value.clone());
            }
        }
    }
}

#[cold]
fn put_absent(chosen: &[Header], headers: &mut HeaderMap) {
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

fn kind(response: &Response) -> Kind {
    // A 304 brings the headers of what is stored up to date (RFC 9111 section 3.2), and its own type is not known here:
    // a page would get the policy of what is none. 101 is no message for a page.
    if response.status() == StatusCode::NOT_MODIFIED || response.status().is_informational() {
        return Kind::None;
    }
    let content_type = response.headers().get(header::CONTENT_TYPE);
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
    use axum::body::Body;

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
            let response = Response::builder().status(status).header("content-type", content_type);
            let found = kind(&response.body(Body::empty()).unwrap());
            assert_eq!(found, expected, "{status} {content_type}");
        }
    }
}
