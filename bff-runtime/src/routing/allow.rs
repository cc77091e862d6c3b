use std::collections::BTreeSet;

use http::{HeaderValue, Method};

/// The one `Allow` of a route, for OPTIONS and 405 alike (RH-052, RH-058): the methods with a handler, HEAD
/// with GET, OPTIONS always; sorted, so that it never depends on the order of a file.
pub(crate) fn allow<'a>(methods: impl IntoIterator<Item = &'a Method>) -> HeaderValue {
    let mut allowed: BTreeSet<&str> = methods.into_iter().map(Method::as_str).collect();
    if allowed.contains("GET") {
        allowed.insert("HEAD");
    }
    allowed.insert("OPTIONS");
    let joined = allowed.into_iter().collect::<Vec<_>>().join(", ");
    // Methods are tokens (RFC 9110 section 9.1), so the value is always valid.
    HeaderValue::try_from(joined).unwrap_or_else(|_| HeaderValue::from_static("OPTIONS"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_058_allow_has_the_handlers_and_the_automatic_methods_in_order() {
        for (methods, expected) in [
            (&["GET"][..], "GET, HEAD, OPTIONS"),
            (&["POST"], "OPTIONS, POST"),
            (
                &["GET", "POST", "PUT", "PATCH", "DELETE"],
                "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
            ),
            (&["GET", "HEAD"], "GET, HEAD, OPTIONS"),
            (&["HEAD"], "HEAD, OPTIONS"),
            (&["OPTIONS"], "OPTIONS"),
            (&["PROPFIND", "M-SEARCH"], "M-SEARCH, OPTIONS, PROPFIND"),
        ] {
            let methods: Vec<Method> =
                methods.iter().map(|name| name.parse().expect("a method")).collect();
            assert_eq!(allow(&methods), expected);
        }
    }
}
