use super::{Class, RegexMistake, escape::Escape, parser::Parser};

/// What stands between brackets.
impl Parser<'_> {
    pub(super) fn class(&mut self, start: usize) -> Result<Class, RegexMistake> {
        let negated = self.eat("^");
        if self.peek() == Some(']') {
            self.next();
            return Err(self.wrong(
                start,
                "the class is empty",
                "name its characters; write `[\\s\\S]` for any character",
            ));
        }
        let mut class = Class::default();
        loop {
            let begin = self.at;
            let first = match self.class_unit(start)? {
                None => break,
                Some(first) => first,
            };
            let rest = &self.text[self.at..];
            if !rest.starts_with('-') || rest.starts_with("-]") {
                match first {
                    Escape::Char(character) => class.add(character, character),
                    Escape::Class(inner) => class.add_all(&inner),
                    Escape::WordBoundary(_) => {}
                }
                continue;
            }
            self.next();
            match (first, self.class_unit(start)?) {
                (Escape::Char(first), Some(Escape::Char(last))) if first <= last => {
                    class.add(first, last);
                }
                _ => {
                    return Err(self.wrong(
                        begin,
                        "this is no range of characters",
                        "put the lower character first, and write `\\-` for a hyphen",
                    ));
                }
            }
        }
        Ok(if negated { class.negated() } else { class })
    }

    /// A character or a shorthand in a class; `None` at its end.
    fn class_unit(&mut self, start: usize) -> Result<Option<Escape>, RegexMistake> {
        let begin = self.at;
        match self.next() {
            None => Err(self.mistake(
                start..start + 1,
                "`[` is never closed",
                "close it; in a path pattern a `)` in brackets must be written `\\)`",
            )),
            Some(']') => Ok(None),
            Some('\\') => match self.escape(begin)? {
                Escape::WordBoundary(_) => Err(self.wrong(
                    begin,
                    "`\\b` is a backspace in brackets",
                    "write `\\x08` if that is meant",
                )),
                escape => Ok(Some(escape)),
            },
            Some(character) => Ok(Some(Escape::Char(character))),
        }
    }
}
