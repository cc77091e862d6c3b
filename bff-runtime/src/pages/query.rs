use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::{Uri, request::Parts};

use super::{Field, Fields};
use crate::routing::{Matched, Route, Segment, decode, rest, segment};

/// The params of the path and the values of the query in one (RH-472).
///
/// A param wins over query values of its name. A catch-all is a list; an optional one that is absent has no entry.
/// Params have the names of arguments, so `[post-id]` is `post_id`.
///
/// ```
/// use bff::pages::Query;
///
/// // pages/api/posts/[id].rs, asked for /api/posts/7?draft=yes&id=8
/// async fn post(Query(query): Query) -> String {
///     format!("{:?} {:?}", query.get("id"), query.get("draft")) // Some("7") Some("yes")
/// }
/// ```
///
/// Typed arguments and axum's own [`Query<T>`](axum::extract::Query) say more about what a function expects; this one
/// is for code that takes what comes. Never fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(pub Fields);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let route = parts.extensions.get::<Matched>().map(|matched| matched.0);
        Ok(Self(merged(&parts.uri, route)))
    }
}

fn merged(uri: &Uri, route: Option<&Route>) -> Fields {
    let mut fields = Fields::parse(uri.query().unwrap_or_default());
    // Broken escapes have been answered 400 before the handler was called (RH-028).
    let decoded = |text: &str| decode(text).unwrap_or_default().into_owned();
    for (index, part) in route.into_iter().flat_map(Route::segments).enumerate() {
        match part {
            Segment::Literal(_) => {}
            Segment::Param(name) => {
                fields.set(name, Field::One(decoded(segment(uri.path(), index))));
            }
            Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => {
                if let Some(rest) = rest(uri.path(), index) {
                    fields.set(name, Field::Many(rest.split('/').map(decoded).collect()));
                }
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use Segment::{CatchAll as C, Literal as L, OptionalCatchAll as O, Param as P};
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn rh_472_params_and_query_are_one_and_params_win() {
        for (uri, segments, expected) in [
            ("/api/x?a=1", &[L("api"), L("x")][..], json!({ "a": "1" })),
            ("/api/7?a=1&id=8&id=9", &[L("api"), P("id")], json!({ "a": "1", "id": "7" })),
            (
                "/api/post/a/b?slug=z",
                &[L("api"), L("post"), C("slug")],
                json!({ "slug": ["a", "b"] }),
            ),
            ("/api/post/a/", &[L("api"), L("post"), C("slug")], json!({ "slug": ["a"] })),
            ("/api/a%2Fb/c%20d", &[L("api"), C("slug")], json!({ "slug": ["a/b", "c d"] })),
            ("/api/shop", &[L("api"), L("shop"), O("rest")], json!({})),
            ("/api/shop?rest=q", &[L("api"), L("shop"), O("rest")], json!({ "rest": "q" })),
            ("/api/shop/a", &[L("api"), L("shop"), O("rest")], json!({ "rest": ["a"] })),
        ] {
            let route = Route::new("", &[], segments, "", &[]);
            let uri: Uri = uri.parse().expect("a URI");
            assert_eq!(Value::from(merged(&uri, Some(&route))), expected, "{uri}");
        }
    }

    #[test]
    fn without_a_route_there_is_the_query_alone() {
        let uri = Uri::from_static("/api/7?a=1");
        assert_eq!(Value::from(merged(&uri, None)), json!({ "a": "1" }));
    }
}
