//! What stands inside something else, where `app!` cannot name it.

use proc_macro2::{LineColumn, Span};

use super::{RouteFile, head::of_attribute, place::Place};
use crate::{
    Diagnostics, Mistake, Reporter,
    lexer::{self, Outline},
    syntax::offset_of,
};

impl RouteFile {
    /// True when the handler attribute that begins at this place, line and column counted from 1, stands inside
    /// another item.
    pub fn is_nested(text: &str, line: usize, column: usize) -> bool {
        let outline = lexer::outline(text);
        let top = outline
            .heads
            .iter()
            .flat_map(|head| head.attributes.iter().map(|attribute| (attribute, false)));
        let nested = outline.nested_attributes.iter().map(|attribute| (attribute, true));
        let begin = offset_of(text, LineColumn { line, column: column.saturating_sub(1) });
        let here = top
            .chain(nested)
            .filter(|((_, offset), _)| *offset > begin)
            .min_by_key(|((_, offset), _)| *offset);
        here.is_some_and(|(_, nested)| nested)
    }

    /// True when the macro call that begins at this place, line and column counted from 1, stands inside a function
    /// or an inline module. What another macro is given or makes is that macro's to place.
    pub fn is_call_nested(text: &str, line: usize, column: usize) -> bool {
        let begin = offset_of(text, LineColumn { line, column: column.saturating_sub(1) });
        lexer::enclosing_item(text, begin).is_some_and(|item| {
            let mut words = item.text.split_whitespace();
            item.function.is_some() || words.any(|word| word == "mod")
        })
    }
}

/// Handlers must stand at top level, where `app!` can name them.
pub(crate) fn nested_handlers(
    outline: &Outline<'_>,
    ours: fn(&str) -> bool,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut previous = 0;
    for &(name, offset) in outline.nested_attributes.iter().filter(|(name, _)| ours(name)) {
        let same_function = previous > 0 && !place.text[previous..offset].contains("fn");
        previous = offset;
        if same_function {
            continue;
        }
        let location = place.at(place.text[..offset].rfind('#').unwrap_or(offset));
        let mut diagnostic =
            of_attribute(Mistake::nested_handler(name, Span::call_site()), location);
        // An attribute looks for what is around it only when it is indented.
        if diagnostic.location.column == 1 {
            diagnostic.reporter = Reporter::Tree;
        }
        diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_nested_when_it_stands_inside_another_item() {
        let text = "  #[get] fn top() {}\nmod m { /* é */ #[bff::get(a = \"b\")]\n#[post] fn inner() {} }\n#[put] fn last() {}\n";
        for (line, column, nested) in
            [(1, 3, false), (2, 17, true), (3, 1, true), (4, 1, false), (9, 1, false)]
        {
            assert_eq!(RouteFile::is_nested(text, line, column), nested, "{line}:{column}");
        }
    }

    #[test]
    fn a_call_is_nested_when_it_stands_inside_a_function_or_a_module() {
        for (text, nested) in [
            ("§bff::app!();", false),
            ("//! Docs {\nmod tests;\nfn main() {}\n§bff::app!();", false),
            ("#[cfg(all())] §bff::app!();", false),
            ("fn main() { §bff::app!(); }", true),
            ("pub async fn é() -> bff::Result {\n    §bff::app!();\n}", true),
            ("#[cfg(all())]\npub(crate) mod web { use x::{y}; §bff::app!(); }", true),
            ("macro_rules! app { () => { §bff::app!(); } }", false),
            ("wrap! { mod x {} §bff::app!(); }", false),
        ] {
            let before = text.split('§').next().unwrap_or("");
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            let plain = text.replace('§', "");
            assert_eq!(RouteFile::is_call_nested(&plain, line, column), nested, "{text}");
        }
    }
}
