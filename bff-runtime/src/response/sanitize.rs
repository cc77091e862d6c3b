use std::sync::LazyLock;

use ammonia::Builder;

/// The defaults of ammonia without `cite`: it lets any scheme stand there. No browser follows it, but scripts of a page
/// may.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::new();
    for tag in ["blockquote", "del", "ins", "q"] {
        cleaner.rm_tag_attributes(tag, &["cite"]);
    }
    cleaner
});

/// HTML of a user with nothing in it that runs: no scripts, no handlers, no `javascript:`, no style (feature
/// `sanitize`).
///
/// Tags and attributes that a text needs stay: paragraphs, lists, tables, links, pictures. Links get
/// `rel="noopener noreferrer"`. The work is that of the `ammonia` crate.
///
/// ```
/// use bff::response::sanitize_html;
///
/// assert_eq!(sanitize_html("<p onclick='x()'>Hi<script>alert(1)</script></p>"), "<p>Hi</p>");
/// ```
///
/// It is for the inside of an element of a page, and is made again whenever it is shown: rules change with
/// browsers. Text that is not meant to be HTML goes through [`html_escape`](super::html_escape).
pub fn sanitize_html(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests;
