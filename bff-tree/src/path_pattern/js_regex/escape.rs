use super::{Class, Node, RegexMistake, parser::Parser};

/// What an escape stands for; brackets can hold the former two.
pub(super) enum Escape {
    Char(char),
    Class(Class),
    WordBoundary(bool),
}

impl Parser<'_> {
    pub(super) fn escape(&mut self, start: usize) -> Result<Escape, RegexMistake> {
        let Some(character) = self.next() else {
            return Err(self.wrong(start, "`\\` escapes nothing", "write `\\\\` for a backslash"));
        };
        if let Some(class) = Class::shorthand(character) {
            return Ok(Escape::Class(class));
        }
        Ok(Escape::Char(match character {
            'b' => return Ok(Escape::WordBoundary(true)),
            'B' => return Ok(Escape::WordBoundary(false)),
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'x' => self.code(start, 2)?,
            'u' => self.code(start, 4)?,
            '1'..='9' | 'k' => {
                return Err(self.wrong(
                    start,
                    "back-references are not supported, because their matching time has no bound",
                    "repeat the expression instead",
                ));
            }
            letter if letter.is_ascii_alphanumeric() => {
                return Err(self.wrong(
                    start,
                    format!("`\\{letter}` is not an escape that JavaScript and Rust read alike"),
                    format!("write `{letter}` for the character"),
                ));
            }
            other => other,
        }))
    }

    fn code(&mut self, start: usize, digits: usize) -> Result<char, RegexMistake> {
        let code = self.text[self.at..].get(..digits);
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let character =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                self.at += digits;
                Ok(character)
            }
            None => Err(self.wrong(
                start,
                format!("the escape needs {digits} hexadecimal digits of a character"),
                "write the character itself",
            )),
        }
    }
}

/// `\b` without the engines' own, which know Unicode words: a change between word and no word.
pub(super) fn word_boundary(is: bool) -> Node {
    let look = |behind, negative| Node::Look {
        behind,
        negative,
        node: Box::new(Node::Class(Class::word())),
    };
    let change = |before: bool| Node::Concat(vec![look(true, !before), look(false, before == is)]);
    Node::Group(Box::new(Node::Either(vec![change(true), change(false)])))
}
