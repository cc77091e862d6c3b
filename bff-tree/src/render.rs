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
    let mut text = format!(
        "{} [{}]\n  --> {}",
        visible(&diagnostic.message),
        diagnostic.code,
        visible(&diagnostic.location.to_string())
    );
    for related in &diagnostic.related {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  and {}", visible(&related.to_string()));
    }
    let _ = write!(text, "\n  = help: {}", visible(&diagnostic.help));
    text
}

/// A folder may be named with anything; its control characters are for the reader and not for the terminal.
fn visible(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut visible, character| {
        if character.is_control() {
            visible.extend(character.escape_default());
        } else {
            visible.push(character);
        }
        visible
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Location, Reporter};

    #[test]
    fn control_characters_of_a_name_are_written_out() {
        let diagnostic = Diagnostic {
            code: Code::Unreadable,
            message: "`a\nb` is wrong".to_owned(),
            location: Location::file("app/a\nb/\u{1b}[31m/route.rs"),
            related: vec![Location::file("app/\t/é")],
            help: "remove it".to_owned(),
            reporter: Reporter::Tree,
        };
        assert_eq!(
            render(&diagnostic),
            "`a\\nb` is wrong [BFF0107]\n  --> app/a\\nb/\\u{1b}[31m/route.rs\n  and app/\\t/é\n  = help: remove it"
        );
    }
}
