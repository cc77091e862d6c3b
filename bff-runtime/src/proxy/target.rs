use std::borrow::Cow;

use http::Uri;
use percent_encoding::utf8_percent_encode;

use super::proxied::Decision;
#[cfg(feature = "upstream")]
use crate::upstream::{Passage, Upstream};
use crate::{request::Url, response::NOT_IN_A_URL, routing::canonical};

/// What [`rewrite`](super::rewrite) leads to: a path of the app, as text or as a [`Url`] of this site, or a declared
/// upstream.
///
/// A URL as text is none of these, whoever wrote it. Nothing outside can implement this: the result has no name there.
#[diagnostic::on_unimplemented(
    message = "a request cannot be rewritten to `{Self}`",
    label = "neither a path of the app nor a declared upstream",
    note = "write a path, `proxy::rewrite(\"/maintenance\")`, or a declared upstream, `proxy::rewrite(&CATALOG)` with `static CATALOG: bff::upstream::Upstream = …`",
    note = "a client is sent to a URL with `proxy::redirect`"
)]
pub trait RewriteTarget {
    /// The decision, or the mistake of the program, a phrase.
    #[doc(hidden)]
    fn decision(self) -> Result<Decision, String>;
}

macro_rules! texts {
    ($($text:ty)+) => {
        $(impl RewriteTarget for $text {
            fn decision(self) -> Result<Decision, String> {
                let target: &str = self.as_ref();
                path_of_the_app(target)
                    .map(Decision::Rewrite)
                    .ok_or_else(|| format!("a rewrite to {target:?}, which is no path of the app"))
            }
        })+
    };
}

texts! { &str String &String Cow<'_, str> }

/// Its path and query: a [`Url`] is always one of this site.
impl RewriteTarget for Url {
    fn decision(self) -> Result<Decision, String> {
        (&self).decision()
    }
}

impl RewriteTarget for &Url {
    fn decision(self) -> Result<Decision, String> {
        match self.raw_query() {
            Some(query) => format!("{}?{query}", self.path()).decision(),
            None => self.path().decision(),
        }
    }
}

#[cfg(feature = "upstream")]
impl RewriteTarget for Passage {
    fn decision(self) -> Result<Decision, String> {
        Ok(Decision::Forward(Box::new(self)))
    }
}

/// The same path and query there.
#[cfg(feature = "upstream")]
impl RewriteTarget for &Upstream {
    fn decision(self) -> Result<Decision, String> {
        self.passage().decision()
    }
}

/// The target of a rewrite, in the one spelling that routing takes as it is.
fn path_of_the_app(target: &str) -> Option<Uri> {
    if !target.starts_with('/') || target.starts_with("//") || target.starts_with("/\\") {
        return None;
    }
    // A fragment is the client's affair.
    let target = target.split('#').next().unwrap_or(target);
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let path = utf8_percent_encode(path, NOT_IN_A_URL).to_string();
    let mut uri = canonical(&path).unwrap_or(path);
    if let Some(query) = query {
        uri.push('?');
        uri.extend(utf8_percent_encode(query, NOT_IN_A_URL));
    }
    uri.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str) -> Option<String> {
        match text.decision() {
            Ok(Decision::Rewrite(uri)) => Some(uri.to_string()),
            _ => None,
        }
    }

    #[test]
    fn px_70_a_path_of_the_app_is_a_target_in_its_one_spelling() {
        for (text, expected) in [
            ("/", "/"),
            ("/items/9?y=2", "/items/9?y=2"),
            ("/a/../items/5", "/items/5"),
            ("/a/%2e%2e/items/5", "/items/5"),
            ("/../../x", "/x"),
            ("/a b", "/a%20b"),
            ("/a%20b", "/a%20b"),
            ("/é?ü=ö", "/%C3%A9?%C3%BC=%C3%B6"),
            ("/a#b", "/a"),
            ("/a?", "/a?"),
            ("/a?x=1#?y", "/a?x=1"),
            ("/a\r\nhost: x", "/a%0D%0Ahost:%20x"),
            ("/a?b\r\nc", "/a?b%0D%0Ac"),
            ("/%68ome", "/%68ome"),
        ] {
            assert_eq!(target(text).as_deref(), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn px_32_px_70_a_url_of_this_site_is_its_path_and_query() {
        let mut request = axum::extract::Request::new(axum::body::Body::empty());
        *request.uri_mut() = "/shop/a?x=1".parse().expect("a path");
        let url = crate::RequestExt::url(&request);
        for (reference, expected) in [
            ("/items?y=2", "/items?y=2"),
            ("b", "/shop/b"),
            ("/a/../é", "/%C3%A9"),
            ("?z", "/shop/a?z"),
        ] {
            let url = url.join(reference).expect(reference);
            match url.decision() {
                Ok(Decision::Rewrite(uri)) => assert_eq!(uri.to_string(), expected),
                other => panic!("{reference}: {other:?}"),
            }
        }
    }

    #[test]
    fn rh_103_a_rewrite_may_add_to_the_query() {
        let mut request = axum::extract::Request::new(axum::body::Body::empty());
        *request.uri_mut() = "/shop/a?x=1".parse().expect("a path");
        let url = crate::RequestExt::url(&request).with_query_pair("viewport", "mobile");
        match url.decision() {
            Ok(Decision::Rewrite(uri)) => {
                assert_eq!(uri.to_string(), "/shop/a?x=1&viewport=mobile")
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn px_93_security_1_5_18_what_may_lead_elsewhere_is_no_path_of_the_app() {
        for text in [
            "",
            "items",
            "//evil.example/x",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "http://169.254.169.254/latest",
            "https:evil.example",
            "javascript:alert(1)",
            "?x=1",
            "*",
            " /x",
            "\t//evil.example",
        ] {
            assert_eq!(target(text), None, "{text:?}");
        }
    }
}
