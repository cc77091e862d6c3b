use proptest::prelude::*;

use super::*;
use crate::response::{ResponseExt, bytes, stream, text};

fn list(lines: &[&str]) -> Option<EtagList> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(header::IF_NONE_MATCH, HeaderValue::try_from(*line).unwrap());
    }
    EtagList::from_headers(&headers, &header::IF_NONE_MATCH)
}

#[test]
fn rh_196_lists_of_tags_are_read_as_rfc_9110_writes_them() {
    for (lines, expected) in [
        (&["\"a\""][..], "\"a\""),
        (&["W/\"a\""], "W/\"a\""),
        (&["\"a\", \"b\",W/\"c\""], "\"a\" \"b\" W/\"c\""),
        (&["\"a\"", "\"b\""], "\"a\" \"b\""),
        (&["\"a,b\" , \"\""], "\"a,b\" \"\""),
        (&[" ,, \"a\" ,\t, \"b\","], "\"a\" \"b\""),
        (&["a"], ""),
        (&["w/\"a\""], ""),
        (&["\"a"], ""),
        (&["\"a\" \"b\""], "\"a\""),
        (&["\"a b\""], ""),
        (&["\"a\", x, \"b\""], "\"a\""),
        (&[""], ""),
    ] {
        let Some(EtagList::Of(tags)) = list(lines) else { panic!("{lines:?}") };
        let tags: Vec<String> = tags.iter().map(Etag::to_string).collect();
        assert_eq!(tags.join(" "), expected, "{lines:?}");
    }
    assert_eq!(list(&[]), None);
    assert_eq!(list(&[" * "]), Some(EtagList::Any));
    assert_eq!(list(&["\"a\"", "*"]), Some(EtagList::Any));
}

#[test]
fn rh_196_the_comparisons_of_rfc_9110_section_8_8_3_2() {
    let (strong, weak) = (Etag::strong("1"), Etag::weak("1"));
    for (a, b, strongly, weakly) in [
        (&weak, &weak, false, true),
        (&weak, &Etag::weak("2"), false, false),
        (&weak, &strong, false, true),
        (&strong, &strong, true, true),
    ] {
        assert_eq!((a.is_strongly(b), a.is_weakly(b)), (strongly, weakly), "{a} {b}");
    }
}

#[test]
fn rh_196_the_tag_of_a_body_is_strong_and_depends_on_its_bytes_alone() {
    let tag = |response: Response| response.with_body_etag().headers().get("etag").cloned();
    assert_eq!(tag(text("abc")).unwrap(), "\"ba7816bf8f01cfea414140de5dae2223\"");
    assert_eq!(tag(text("abc")), tag(bytes("abc").with_header("x-a", "b")));
    assert_ne!(tag(text("abc")), tag(text("abd")));
    assert!(tag(text("")).is_some());
    assert_eq!(tag(stream(futures_util::stream::iter([Ok::<_, std::io::Error>("abc")]))), None);
    assert_eq!(tag(text("abc").with_etag(Etag::weak("mine"))).unwrap(), "W/\"mine\"");
}

#[tokio::test]
async fn rh_196_the_body_is_sent_as_it_was_after_its_tag_was_computed() {
    let response = text("abc").with_body_etag();
    assert_eq!(axum::body::to_bytes(response.into_body(), 9).await.unwrap(), "abc");
}

proptest! {
    #[test]
    fn any_text_makes_a_tag_that_is_read_back_and_equals_no_other(a in "(?s).{0,20}", b in "(?s).{0,20}", weak: bool) {
        let tag = |text: &str| if weak { Etag::weak(text) } else { Etag::strong(text) };
        prop_assert_eq!(Etag::from_header(&tag(&a).to_header()), Some(tag(&a)));
        prop_assert_eq!(tag(&a) == tag(&b), a == b);
        let both = format!("{}, {}", tag(&a), tag(&b));
        prop_assert_eq!(list(&[&both]), Some(EtagList::Of(vec![tag(&a), tag(&b)])));
    }

    #[test]
    fn any_header_is_read_without_a_panic(text in "[ -~\t]*") {
        if let Ok(value) = HeaderValue::try_from(text.trim()) {
            let _ = Etag::from_header(&value);
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, value);
            prop_assert!(EtagList::from_headers(&headers, &header::IF_MATCH).is_some());
        }
    }
}
