//! Attacks on the time that matching takes. What they could use is counted in steps, not measured.

use super::support::{compiled, matcher};
use crate::matching::{Shape, TooComplex};

#[test]
fn hm_10_mt_23_the_models_own_idiom_needs_no_back_tracking() {
    for source in [
        "/((?!api|_next/static|_next/image|favicon.ico).*)",
        "/((?!api|.*\\.png$).*)",
        "/:path((?!another-page$).*)",
        "/a/:b([^/]+)/((?:x|y)+)",
    ] {
        let source = compiled(matcher(source));
        assert!(matches!(source.source().shape, Shape::Regex { .. }), "{}", source.source().text);
        // 64 KiB, the longest path that a server takes: the answer is always known.
        for unit in ["a", "a/", ".png", "x.pngy"] {
            let path = format!("/{}", unit.repeat(65_536 / unit.len()));
            assert!(source.is_match(&path).is_ok());
        }
    }
}

#[test]
fn hm_10_matching_by_trying_has_a_limit() {
    let source = compiled(matcher("/:a((?:(?=x)x+)+)-:b((?!y).*)z"));
    assert_eq!(source.is_match("/xxx-az"), Ok(true));
    let path = format!("/{}", "x".repeat(4000));
    assert_eq!(source.is_match(&path), Err(TooComplex));
    assert!(source.captures(&path).is_err());
}
