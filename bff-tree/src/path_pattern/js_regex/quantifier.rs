use super::{Node, RegexMistake, parser::Parser};

/// The most that a counted repetition may ask for.
const MAX_COUNT: u32 = 1000;

/// `*`, `+`, `?` and counts in braces.
impl Parser<'_> {
    pub(super) fn quantified(&mut self, node: Node, start: usize) -> Result<Node, RegexMistake> {
        let begin = self.at;
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(node, start),
            _ => return Ok(node),
        };
        self.next();
        self.repeat(node, (min, max), start, begin)
    }

    fn counted(&mut self, node: Node, start: usize) -> Result<Node, RegexMistake> {
        let begin = self.at;
        let end = self.text[begin..].find('}').map(|length| begin + length);
        let inner = end.map(|end| &self.text[begin + 1..end]);
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().unwrap_or(u32::MAX))
        };
        let counts = inner.and_then(|inner| match inner.split_once(',') {
            None => number(inner).map(|count| (count, Some(count))),
            Some((min, "")) => number(min).map(|min| (min, None)),
            Some((min, max)) => Some((number(min)?, Some(number(max)?))),
        });
        let (Some((min, max)), Some(end)) = (counts, end) else {
            self.next();
            return Err(self.wrong(
                begin,
                "`{` is neither a count nor escaped",
                "write `\\{` for the character, `{2}`, `{2,}` or `{2,5}` after what is counted",
            ));
        };
        self.at = end + 1;
        if max.is_some_and(|max| max < min) {
            return Err(self.wrong(
                begin,
                "the counts are in the wrong order",
                "put the lower one first",
            ));
        }
        if min.max(max.unwrap_or(0)) > MAX_COUNT {
            return Err(RegexMistake {
                too_large: true,
                ..self.wrong(begin, "the count is too high", format!("use at most {MAX_COUNT}"))
            });
        }
        self.repeat(node, (min, max), start, begin)
    }

    fn repeat(
        &mut self,
        node: Node,
        (min, max): (u32, Option<u32>),
        start: usize,
        begin: usize,
    ) -> Result<Node, RegexMistake> {
        let lazy = self.eat("?");
        if node.takes_nothing() {
            return Err(self.wrong(
                start,
                "what is repeated here takes no character",
                "remove the quantifier",
            ));
        }
        if matches!(self.peek(), Some('*' | '+' | '?' | '{')) {
            self.next();
            return Err(self.wrong(begin, "two quantifiers follow each other", "keep one of them"));
        }
        // JavaScript forgets a group when its repetition starts anew, Rust does not.
        if max != Some(1) && !node.names().is_empty() {
            return Err(self.wrong(
                start,
                "a named group is repeated, and which repetition it captures is not defined",
                "put the group around the repetition",
            ));
        }
        Ok(node.repeated(min, max, lazy))
    }
}
