use super::{
    Node, RegexMistake,
    parser::{Groups, Parser},
};

/// Deeper than any expression that a person writes, and no danger to the stack.
const MAX_DEPTH: usize = 40;

/// What stands between parentheses.
impl Parser<'_> {
    pub(super) fn group(&mut self, start: usize) -> Result<Node, RegexMistake> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong(start, "the groups are nested too deeply", "simplify it"));
        }
        let node = if self.eat("?:") {
            Node::Group(Box::new(self.inner(start)?))
        } else if self.eat("?=") {
            self.look(start, false, false)?
        } else if self.eat("?!") {
            self.look(start, false, true)?
        } else if self.eat("?<=") {
            self.look(start, true, false)?
        } else if self.eat("?<!") {
            self.look(start, true, true)?
        } else if self.eat("?<") {
            self.named(start)?
        } else if self.eat("?") {
            self.next();
            return Err(self.wrong(
                start,
                "this kind of group does not exist in both JavaScript and Rust",
                "use `(?:…)`, `(?=…)`, `(?!…)`, `(?<=…)` or `(?<!…)`",
            ));
        } else if self.groups == Groups::Named {
            // HM-07: groups without a name capture nothing.
            Node::Group(Box::new(self.inner(start)?))
        } else {
            return Err(self.wrong(start, "a group in a group captures", "write `(?:…)`"));
        };
        self.depth -= 1;
        Ok(node)
    }

    fn inner(&mut self, start: usize) -> Result<Node, RegexMistake> {
        let node = self.alternatives()?;
        if self.eat(")") {
            Ok(node)
        } else {
            Err(self.mistake(
                start..start + 1,
                "`(` is never closed",
                "close it, or write `\\(` for the character",
            ))
        }
    }

    fn look(&mut self, start: usize, behind: bool, negative: bool) -> Result<Node, RegexMistake> {
        self.looks += 1;
        let node = self.inner(start)?;
        self.looks -= 1;
        if behind && !node.has_fixed_width() {
            return Err(self.wrong(
                start,
                "a look-behind must know how far to look",
                "give each of its alternatives a fixed length, without `*`, `+`, `?` and look-around",
            ));
        }
        Ok(Node::Look { behind, negative, node: Box::new(node) })
    }

    fn named(&mut self, start: usize) -> Result<Node, RegexMistake> {
        let begin = self.at;
        while self.peek().is_some_and(|next| next.is_ascii_alphanumeric() || next == '_') {
            self.next();
        }
        let name = self.text[begin..self.at].to_owned();
        if name.is_empty()
            || name.starts_with(|first: char| first.is_ascii_digit())
            || !self.eat(">")
        {
            return Err(self.wrong(
                start,
                "the name of a group is letters, digits and `_`, beginning with a letter",
                "write `(?<name>…)`",
            ));
        }
        if self.groups == Groups::None {
            return Err(self.wrong(
                start,
                format!("`{name}` is a named group inside a param"),
                format!("name the param instead, `:{name}(…)`, or write `(?:…)`"),
            ));
        }
        if self.looks > 0 {
            return Err(self.wrong(
                start,
                format!("`{name}` would capture inside a look-around"),
                "write `(?:…)` there",
            ));
        }
        if self.names.contains(&name) {
            return Err(self.wrong(
                start,
                format!("two groups are named `{name}`"),
                "give each its own name",
            ));
        }
        self.names.push(name.clone());
        Ok(Node::Capture(Some(name), Box::new(self.inner(start)?)))
    }
}
