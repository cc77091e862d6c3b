use std::sync::Arc;

use axum::{Router, extract::Request};
use http::{Uri, uri::PathAndQuery};
use tower::service_fn;

use super::{Segment, endpoint::Endpoint, infallibly::Infallibly, path, url};

/// An axum router for a single route, for handlers whose extractors look at what only axum's router puts into
/// a request: `Path<T>`, `MatchedPath`, and whatever is built on them.
pub(super) fn router_of<S: Send + Sync>(endpoint: &Arc<Endpoint<S>>, state: &Arc<S>) -> Router {
    let (endpoint, state) = (Arc::clone(endpoint), Arc::clone(state));
    let patterns = endpoint.route.axum_patterns();
    let service = service_fn(move |mut request: Request| {
        if let Some(Sent(uri)) = request.extensions_mut().remove() {
            *request.uri_mut() = uri;
        }
        Infallibly(endpoint.call(request, &state))
    });
    patterns
        .iter()
        .fold(Router::new(), |router, pattern| router.route_service(pattern, service.clone()))
}

/// Prepares a request for [`router_of`]: axum compares literals byte by byte and knows no trailing slash, so
/// the path takes the one spelling that it expects. The handler sees the path as it was sent.
pub(super) fn prepare(request: &mut Request, endpoint: &Endpoint<impl Sized>) {
    let sent = request.uri().path();
    if let Some(spelled) = spelled(sent, endpoint.route.segments()) {
        let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = PathAndQuery::try_from(format!("{spelled}{query}")).ok();
        if let Ok(uri) = Uri::from_parts(parts) {
            let sent = std::mem::replace(request.uri_mut(), uri);
            request.extensions_mut().insert(Sent(sent));
        }
    }
}

/// The path in the spelling of the route's patterns, when it may not be in it already. The route has matched,
/// so its literals are known; only the pattern's one spelling of them is.
fn spelled(sent: &str, segments: &[Segment]) -> Option<String> {
    let trailing = sent.len() > 1 && sent.ends_with('/');
    if !trailing && !sent.contains('%') && !segments.iter().any(is_encoded) {
        return None;
    }
    let mut spelled = String::with_capacity(sent.len());
    let mut literals = segments
        .iter()
        .take_while(|segment| matches!(segment, Segment::Literal(_) | Segment::Param(_)));
    for segment in path::rest(sent, 0).into_iter().flat_map(|rest| rest.split('/')) {
        spelled.push('/');
        match literals.next() {
            Some(Segment::Literal(text)) => spelled.extend(url::encoded(text)),
            _ => spelled.push_str(segment),
        }
    }
    if spelled.is_empty() {
        spelled.push('/');
    }
    (spelled != sent).then_some(spelled)
}

/// True for a literal that the patterns have percent-encoded, while a client may send some of it as it is.
fn is_encoded(segment: &Segment) -> bool {
    matches!(segment, Segment::Literal(text) if !url::encoded(text).eq([*text]))
}

/// The URI as it was sent, kept while axum's router looks at another spelling.
#[derive(Clone)]
struct Sent(Uri);

#[cfg(test)]
mod tests {
    use Segment::{CatchAll as C, Literal as L, Param as P};

    use super::*;

    #[test]
    fn a_path_takes_the_spelling_of_its_pattern() {
        for (sent, segments, expected) in [
            ("/posts/7", &[L("posts"), P("id")][..], None),
            ("/posts/7/", &[L("posts"), P("id")], Some("/posts/7")),
            ("/", &[], None),
            ("/%e6%97%a5/%e6", &[L("日"), P("x")], Some("/%E6%97%A5/%e6")),
            ("/日/%e6", &[L("日"), P("x")], Some("/%E6%97%A5/%e6")),
            ("/c%2B%2B/{1}/日", &[L("c++"), L("{1}"), P("x")], Some("/c++/%7B1%7D/日")),
            ("/c++/日", &[L("c++"), P("x")], None),
            ("/f/a%2fb/c%20", &[L("f"), C("rest")], None),
        ] {
            assert_eq!(spelled(sent, segments).as_deref(), expected, "{sent}");
        }
    }
}
