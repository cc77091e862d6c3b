use memchr::memchr2;

/// Whether arrays and objects are nested deeper than this in a JSON text. Of what is no JSON anything may be said.
///
/// It is asked before the text is parsed: the parser has a limit of its own, one that cannot be set and does not hold
/// for what it passes over.
pub(super) fn is_deeper(text: &[u8], limit: usize) -> bool {
    // Each level takes a bracket. Counting them is a matter of nanoseconds, and few bodies have so many.
    let brackets = text.iter().filter(|byte| is_opening(**byte)).count();
    brackets > limit && has_depth_beyond(text, limit)
}

fn has_depth_beyond(mut text: &[u8], limit: usize) -> bool {
    let mut depth = 0_usize;
    while let [byte, rest @ ..] = text {
        text = rest;
        match byte {
            b'"' => text = after_string(rest),
            b'[' | b'{' => {
                depth += 1;
                if depth > limit {
                    return true;
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// `[` and `{` differ in one bit, which lets the compiler look at many at once.
fn is_opening(byte: u8) -> bool {
    byte | 0x20 == b'{'
}

/// What follows the closing quote of a string.
fn after_string(mut text: &[u8]) -> &[u8] {
    while let Some(at) = memchr2(b'"', b'\\', text) {
        if text[at] == b'"' {
            return &text[at + 1..];
        }
        text = text.get(at + 2..).unwrap_or_default();
    }
    &[]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn depth(value: &Value) -> usize {
        match value {
            Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
            Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    #[test]
    fn security_29_only_brackets_outside_of_strings_count() {
        for (text, depth) in [
            ("1", 0),
            ("[]", 1),
            ("[[],[],{}]", 2),
            (r#"{"a":[{"b":[]}]}"#, 4),
            (r#"["[[[[[[", "{\"[{\\", "\\\\", [1]]"#, 2),
            (r#"["\\\"[[[[", "]]]", []]"#, 2),
        ] {
            let limit = (0..10).find(|limit| !is_deeper(text.as_bytes(), *limit));
            assert_eq!(limit, Some(depth), "{text}");
        }
        for broken in ["\"\\", "\"", "]]]]", "[\"\\\"[[[["] {
            assert!(!is_deeper(broken.as_bytes(), 1), "{broken}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<i32>().prop_map(|n| json!(n)),
            "[\\PC\\[{\"\\\\]{0,8}".prop_map(|s| json!(s))
        ];
        leaf.prop_recursive(6, 64, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|items| json!(items)),
                prop::collection::hash_map("[a\\[\"}]{0,3}", inner, 0..4)
                    .prop_map(|members| json!(members)),
            ]
        })
    }

    proptest! {
        #[test]
        fn security_29_the_depth_is_exact(value in any_json()) {
            let depth = depth(&value);
            for text in [value.to_string(), format!("{value:#}")] {
                prop_assert!(!is_deeper(text.as_bytes(), depth));
                if depth > 0 {
                    prop_assert!(is_deeper(text.as_bytes(), depth - 1));
                }
            }
        }
    }
}
