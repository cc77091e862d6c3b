//! A light pass over Rust text that finds the heads of the items at top level and skips everything else.
//!
//! Parsing whole files costs ten times as much, runs in every build of the app, and tells nothing more: a
//! handler is its attributes and its signature. A file that does not parse is left to rustc, which says so at
//! the right place.

use unicode_ident::{is_xid_continue, is_xid_start};

/// The head of an item: its attributes and everything up to its body or semicolon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head<'a> {
    /// The text from the first attribute (or doc comment) to before the `{` or `;`.
    pub(crate) text: &'a str,
    /// Byte offset of `text` in the file.
    pub(crate) offset: usize,
    /// The outer attributes' names: the last word of each path, with its byte offset in the file.
    pub(crate) attributes: Vec<(&'a str, usize)>,
    /// The function's name with its byte offset, when the item is a function.
    pub(crate) function: Option<(&'a str, usize)>,
}

/// What the pass found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline<'a> {
    /// Items at top level, in order.
    pub(crate) heads: Vec<Head<'a>>,
    /// The text inside each `#![…]`.
    pub(crate) inner_attributes: Vec<&'a str>,
    /// Outer attributes below top level: the last word of each path, with its byte offset.
    pub(crate) nested_attributes: Vec<(&'a str, usize)>,
}

/// Outlines a file. Never fails: text that is not Rust gives an outline of what looks like it.
pub(crate) fn outline(text: &str) -> Outline<'_> {
    let mut pass = Pass {
        text,
        tokens: Tokens { text, at: 0 },
        outline: Outline::default(),
        depth: 0,
        angles: 0,
        item: None,
    };
    pass.run();
    pass.outline
}

/// The head of the item at top level that the place at `offset` stands in; `None` at top level itself.
pub(crate) fn enclosing_item(text: &str, offset: usize) -> Option<Head<'_>> {
    let mut tokens = Tokens { text, at: 0 };
    let mut depth = 0_usize;
    while let Some((token, start)) = tokens.next()
        && start < offset
    {
        match token {
            Token::Punct(b'(' | b'[' | b'{') => depth += 1,
            Token::Punct(b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let heads = outline(text).heads;
    heads.into_iter().rfind(|head| depth > 0 && head.offset < offset)
}

struct Pass<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    outline: Outline<'a>,
    depth: usize,
    /// Angle brackets open in the signature of a function, where braces are const arguments: `Page<{ N }>`.
    angles: usize,
    item: Option<Head<'a>>,
}

impl<'a> Pass<'a> {
    fn run(&mut self) {
        let mut expect_function_name = false;
        let mut previous = Token::Other;
        while let Some((token, start)) = self.tokens.next() {
            let before = std::mem::replace(&mut previous, token);
            match token {
                Token::Doc if self.depth == 0 => self.begin(start),
                Token::Doc => {}
                Token::Punct(b'#') => self.attribute(start),
                Token::Punct(open @ (b'(' | b'[' | b'{')) => {
                    if open == b'{' && self.depth == 0 && self.angles == 0 {
                        self.end_head(start);
                    }
                    self.depth += 1;
                }
                Token::Punct(close @ (b')' | b']' | b'}')) => {
                    self.depth = self.depth.saturating_sub(1);
                    if close == b'}' && self.depth == 0 && self.angles == 0 {
                        self.item = None;
                    }
                }
                Token::Punct(b'<') if self.in_signature() => self.angles += 1,
                Token::Punct(b'>') if self.in_signature() && before != Token::Punct(b'-') => {
                    self.angles = self.angles.saturating_sub(1);
                }
                Token::Punct(b';') if self.depth == 0 => {
                    self.end_head(start);
                    self.item = None;
                    self.angles = 0;
                }
                Token::Word(word) if self.depth == 0 => {
                    self.begin(start);
                    if let Some(item) = &mut self.item
                        && expect_function_name
                        && item.function.is_none()
                    {
                        item.function = Some((word, start));
                    }
                    expect_function_name = word == "fn";
                    continue;
                }
                _ => {}
            }
            expect_function_name = false;
        }
    }

    /// True after a function's name and before its body.
    fn in_signature(&self) -> bool {
        self.depth == 0
            && self
                .item
                .as_ref()
                .is_some_and(|item| item.function.is_some() && item.text.is_empty())
    }

    fn begin(&mut self, start: usize) {
        if self.item.is_none() {
            self.item =
                Some(Head { text: "", offset: start, attributes: Vec::new(), function: None });
        }
    }

    /// Ends the head of the current item at `end`; further tokens up to the item's end belong to its body.
    fn end_head(&mut self, end: usize) {
        if let Some(item) = &mut self.item
            && item.text.is_empty()
        {
            item.text = self.text[item.offset..end].trim_end();
            self.outline.heads.push(item.clone());
        }
    }

    /// `#[path(…)]` or `#![path(…)]`, after its `#`.
    fn attribute(&mut self, start: usize) {
        let mut lookahead = self.tokens;
        let inner = matches!(lookahead.peek(), Some((Token::Punct(b'!'), _)));
        if inner {
            lookahead.next();
        }
        let Some((Token::Punct(b'['), open)) = lookahead.next() else { return };
        let mut name = None;
        let mut in_path = true;
        let mut depth = 1_usize;
        let mut close = open + 1;
        while depth > 0 {
            let Some((token, at)) = lookahead.next() else { return };
            match token {
                Token::Punct(b'(' | b'[' | b'{') => {
                    depth += 1;
                    in_path = false;
                }
                Token::Punct(b')' | b']' | b'}') => depth -= 1,
                Token::Punct(b'=') => in_path = false,
                Token::Word(word) if in_path => name = Some((word, at)),
                _ => {}
            }
            close = at;
        }
        self.tokens = lookahead;
        if inner {
            if self.depth == 0 {
                self.outline.inner_attributes.push(&self.text[open + 1..close]);
            }
        } else if self.depth == 0 {
            self.begin(start);
            if let (Some(item), Some(name)) = (&mut self.item, name) {
                item.attributes.push(name);
            }
        } else if let Some(name) = name
            && self.stands_on_function()
        {
            self.outline.nested_attributes.push(name);
        }
    }

    /// True when a function follows, perhaps with more attributes and qualifiers before it. On anything else
    /// an attribute below top level has a meaning of its own, such as a derive macro's.
    fn stands_on_function(&self) -> bool {
        let mut ahead = self.tokens;
        let mut depth = 0_usize;
        while let Some((token, _)) = ahead.next() {
            match token {
                Token::Punct(b'(' | b'[') => depth += 1,
                Token::Punct(b')' | b']') if depth > 0 => depth -= 1,
                Token::Word("fn") if depth == 0 => return true,
                Token::Word("pub" | "async" | "const" | "unsafe" | "extern")
                | Token::Punct(b'#')
                | Token::Doc
                | Token::Other => {}
                _ if depth > 0 => {}
                _ => return false,
            }
        }
        false
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Punct(u8),
    /// An outer doc comment, which belongs to the item after it.
    Doc,
    /// A literal or lifetime.
    Other,
}

#[derive(Clone, Copy)]
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn peek(&self) -> Option<(Token<'a>, usize)> {
        let mut ahead = *self;
        ahead.next()
    }

    fn next(&mut self) -> Option<(Token<'a>, usize)> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            let start = self.at;
            if first.is_whitespace() || first == '\u{feff}' {
                self.at += first.len_utf8();
            } else if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
                if rest.starts_with("///") && !rest.starts_with("////") {
                    return Some((Token::Doc, start));
                }
            } else if rest.starts_with("/*") {
                self.at += block_comment(rest);
                if rest.starts_with("/**") && !rest.starts_with("/***") && !rest.starts_with("/**/")
                {
                    return Some((Token::Doc, start));
                }
            } else {
                let (token, length) = token(rest, first);
                self.at += length;
                return Some((token, start));
            }
        }
    }
}

/// The length of a block comment, which may contain others.
fn block_comment(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => {
                depth += 1;
                at += 2;
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    rest.len()
}

/// The token at the beginning of `rest` and its length in bytes.
fn token(rest: &str, first: char) -> (Token<'_>, usize) {
    if is_xid_start(first) || first == '_' {
        if let Some(length) = prefixed_literal(rest) {
            return (Token::Other, length);
        }
        let raw = if rest.starts_with("r#") { 2 } else { 0 };
        let length = raw + word_length(&rest[raw..]);
        return (Token::Word(&rest[raw..length]), length);
    }
    match first {
        '"' => (Token::Other, quoted(rest, 1, b'"')),
        '\'' => (Token::Other, char_or_lifetime(rest)),
        '0'..='9' => (Token::Other, word_length(rest).max(1)),
        _ if first.is_ascii() => (Token::Punct(rest.as_bytes()[0]), 1),
        _ => (Token::Other, first.len_utf8()),
    }
}

fn word_length(rest: &str) -> usize {
    rest.find(|c: char| !is_xid_continue(c)).unwrap_or(rest.len())
}

/// `b"…"`, `c"…"`, `b'…'`, `r"…"`, `br#"…"#` and their like.
fn prefixed_literal(rest: &str) -> Option<usize> {
    let prefix = word_length(rest);
    let (word, after) = rest.split_at(prefix);
    match word {
        "b" | "c" if after.starts_with('"') => Some(quoted(rest, prefix + 1, b'"')),
        "b" if after.starts_with('\'') => Some(quoted(rest, prefix + 1, b'\'')),
        "r" | "br" | "cr" => {
            let hashes = after.bytes().take_while(|&byte| byte == b'#').count();
            let body = after[hashes..].strip_prefix('"')?;
            let end = format!("\"{}", "#".repeat(hashes));
            let opening = prefix + hashes + 1;
            Some(body.find(&end).map_or(rest.len(), |at| opening + at + end.len()))
        }
        _ => None,
    }
}

/// The length of a quoted literal whose content begins at `from`.
fn quoted(rest: &str, from: usize, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// `'a'`, `'\n'`, `'('` or the lifetime `'a`.
fn char_or_lifetime(rest: &str) -> usize {
    let mut chars = rest[1..].chars();
    match (chars.next(), chars.next()) {
        (Some('\\'), _) => quoted(rest, 1, b'\''),
        (Some(c), Some('\'')) => 1 + c.len_utf8() + 1,
        _ => 1 + word_length(&rest[1..]),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn functions(text: &str) -> Vec<(&str, Vec<&str>)> {
        outline(text)
            .heads
            .iter()
            .filter_map(|head| {
                Some((head.function?.0, head.attributes.iter().map(|&(name, _)| name).collect()))
            })
            .collect()
    }

    #[test]
    fn the_heads_of_functions_are_found_whatever_stands_between_them() {
        let text = r##"
            //! Inner docs with `#[get] fn no()`.
            #![cfg(feature = "x")]
            use a::{b, c};
            const BRACES: &str = "}}}{ #[get] fn no() {}";
            const RAW: &str = r#"" #[get] fn no() {} "#;
            const CHARS: [char; 3] = ['{', '\'', '"'];
            /* #[get] /* nested */ fn no() {} */
            struct Unit;
            struct Tuple(#[serde(default)] u8);
            impl<'a> Tuple { #[route(GET)] fn nested(&'a self) -> [u8; 2] { [1, 2] } }
            /// Docs.
            #[bff::get(a = ["b"], c = "]")]
            #[cfg(test)]
            pub(crate) async fn r#type(State(db): State<Db>) -> Result<(), [u8; 3]> where Db: Clone { let x = '}'; {} }
            fn plain() {}
            macro_rules! m { () => { #[get] fn no() {} } }
            #[post] fn unfinished()
        "##;
        assert_eq!(functions(text), [("type", vec!["get", "cfg"]), ("plain", vec![])]);
        let outline = outline(text);
        assert_eq!(outline.inner_attributes, ["cfg(feature = \"x\")"]);
        assert!(outline.nested_attributes.iter().any(|&(name, _)| name == "route"));
        let head = outline.heads.iter().find(|head| head.function.is_some()).expect("a function");
        assert!(
            head.text.starts_with("/// Docs.") && head.text.ends_with("where Db: Clone"),
            "{}",
            head.text
        );
    }

    proptest! {
        #[test]
        fn any_text_has_an_outline(text in "(?s).{0,200}") {
            outline(&text);
        }

        #[test]
        fn rust_like_text_has_an_outline(words in proptest::collection::vec(
            proptest::sample::select(vec!["#", "[", "]", "{", "}", "fn ", "get", "\"", "'", "r#", "/*", "*/", "//", "\n", "!", ";", "é", "\\", "b'"]), 0..60)) {
            outline(&words.concat());
        }
    }
}
