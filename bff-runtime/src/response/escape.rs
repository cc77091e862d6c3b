use std::borrow::Cow;

/// Text as HTML or XML that shows it: `&`, `<`, `>`, `"` and `'` become references (RH-397).
///
/// It is safe between tags and in an attribute value within quotes. It is not for the inside of `<script>` and
/// `<style>`, for the names of tags and attributes, or for URLs that users choose: `javascript:` needs no
/// character that is escaped.
///
/// ```
/// use bff::response::html_escape;
///
/// assert_eq!(html_escape("<b title='x'>"), "&lt;b title=&#39;x&#39;&gt;");
/// assert_eq!(html_escape("Tom & Jerry"), "Tom &amp; Jerry");
/// ```
///
/// Text that holds none of them is not copied.
pub fn html_escape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(['&', '<', '>', '"', '\'']) else { return Cow::Borrowed(text) };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    for c in text[first..].chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // `&apos;` is unknown to HTML 4.
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rh_397_markup_becomes_text() {
        for (text, expected) in [
            ("", ""),
            ("plain é", "plain é"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
            ("&lt;", "&amp;lt;"),
        ] {
            assert_eq!(html_escape(text), expected);
        }
        assert!(matches!(html_escape("plain"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn rh_397_no_text_gets_out_of_where_it_stands(text in "(?s).*") {
            let escaped = html_escape(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            let read = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            prop_assert_eq!(read.replace("&amp;", "&"), text);
        }
    }
}
