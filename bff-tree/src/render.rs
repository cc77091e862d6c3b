use std::fmt::Write;

use crate::Diagnostic;

/// A diagnostic as text, in the shape of rustc's own but for the first word, which the reader's tool adds.
///
/// ```text
/// `page.rs` is a page, and bff serves routes only [BFF0106]
///   --> app/page.rs
///   = help: return the page from a handler in `route.rs`, or move the file out of the app folder
/// ```
pub fn render(diagnostic: &Diagnostic) -> String {
    let mut text =
        format!("{} [{}]\n  --> {}", diagnostic.message, diagnostic.code, diagnostic.location);
    for related in &diagnostic.related {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  and {related}");
    }
    let _ = write!(text, "\n  = help: {}", diagnostic.help);
    text
}
