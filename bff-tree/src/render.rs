use std::fmt::Write;

use crate::Diagnostic;

/// A diagnostic as text, in the shape of rustc's own but for the first word, which the reader's tool adds.
///
/// ```text
/// `page.rs` is a page, and bff serves routes only [BFF0106]
///   --> app/page.rs
///   = help: return the page from a handler in `route.rs`, or move the file out of the app folder
/// ```
///
/// A file that rustc does not know gets its line shown:
///
/// ```text
/// a source must start with `/` [BFF0701]
///   --> bff.toml:2:11
///   |
/// 2 | source = "old"
///   |           ^
///   = help: write the path from its beginning, without scheme, host and query
/// ```
pub fn render(diagnostic: &Diagnostic) -> String {
    let mut text = format!(
        "{} [{}]\n  --> {}",
        visible(&diagnostic.message),
        diagnostic.code,
        visible(&diagnostic.location.to_string())
    );
    // Writing to a string cannot fail.
    if let Some(excerpt) = &diagnostic.excerpt {
        let number = diagnostic.location.line.to_string();
        let margin = " ".repeat(number.len());
        let before = " ".repeat(diagnostic.location.column.saturating_sub(1));
        let carets = "^".repeat(excerpt.width);
        let line = visible(&excerpt.line);
        let _ = write!(text, "\n{margin} |\n{number} | {line}\n{margin} | {before}{carets}");
    }
    for related in &diagnostic.related {
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
    use crate::{Code, Excerpt, Location, Reporter};

    #[test]
    fn control_characters_of_a_name_are_written_out() {
        let diagnostic = Diagnostic {
            code: Code::Unreadable,
            message: "`a\nb` is wrong".to_owned(),
            location: Location::file("app/a\nb/\u{1b}[31m/route.rs"),
            excerpt: None,
            related: vec![Location::file("app/\t/é")],
            help: "remove it".to_owned(),
            reporter: Reporter::Tree,
        };
        assert_eq!(
            render(&diagnostic),
            "`a\\nb` is wrong [BFF0107]\n  --> app/a\\nb/\\u{1b}[31m/route.rs\n  and app/\\t/é\n  = help: remove it"
        );
    }
    #[test]
    fn an_excerpt_stands_below_the_place_with_carets_below_it() {
        let text = "\n".repeat(9) + "a = \"é\" # x\n";
        let diagnostic = Diagnostic {
            code: Code::ConfigValue,
            message: "wrong".to_owned(),
            location: Location::at("bff.toml", &text, 13),
            excerpt: Some(Excerpt::of(&text, 13..17)),
            related: vec![Location::at("bff.toml", &text, 0)],
            help: "write it".to_owned(),
            reporter: Reporter::Tree,
        };
        assert_eq!(
            render(&diagnostic),
            "wrong [BFF0806]\n  --> bff.toml:10:5\n   |\n10 | a = \"é\" # x\n   |     ^^^\n  and bff.toml:1:1\n  = help: write it"
        );
    }
}
