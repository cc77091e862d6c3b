use std::fmt::Write;

use super::{Class, Node};

impl Node {
    /// The expression as `regex` and `fancy-regex` both read it, without any flag.
    ///
    /// `fold` ignores the case of ASCII letters. It is spelt out, so that the engines need no Unicode tables and
    /// a letter beyond ASCII stays itself.
    pub(in super::super) fn to_regex(&self, fold: bool) -> String {
        let mut text = String::new();
        self.write(fold, &mut text);
        text
    }

    fn write(&self, fold: bool, text: &mut String) {
        match self {
            Self::Char(letter) if fold && letter.is_ascii_alphabetic() => {
                write_class(&Class::of([*letter]), true, text);
            }
            Self::Char(character) => write_char(*character, text),
            Self::Class(class) => write_class(class, fold, text),
            Self::Start => text.push('^'),
            Self::End => text.push('$'),
            Self::Concat(nodes) => {
                for node in nodes {
                    // Alternatives reach as far as their group.
                    if matches!(node, Self::Either(_)) {
                        wrap("(?:", node, fold, text);
                    } else {
                        node.write(fold, text);
                    }
                }
            }
            Self::Either(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        text.push('|');
                    }
                    node.write(fold, text);
                }
            }
            Self::Group(node) => wrap("(?:", node, fold, text),
            Self::Capture(None, node) => wrap("(", node, fold, text),
            Self::Capture(Some(name), node) => wrap(&format!("(?<{name}>"), node, fold, text),
            Self::Look { behind, negative, node } => {
                let open = match (behind, negative) {
                    (false, false) => "(?=",
                    (false, true) => "(?!",
                    (true, false) => "(?<=",
                    (true, true) => "(?<!",
                };
                wrap(open, node, fold, text);
            }
            Self::Repeat { node, min, max, lazy } => {
                if matches!(
                    **node,
                    Self::Char(_) | Self::Class(_) | Self::Group(_) | Self::Capture(..)
                ) {
                    node.write(fold, text);
                } else {
                    wrap("(?:", node, fold, text);
                }
                // Writing to a string cannot fail.
                let _ = match (min, max) {
                    (0, None) => write!(text, "*"),
                    (1, None) => write!(text, "+"),
                    (0, Some(1)) => write!(text, "?"),
                    (min, None) => write!(text, "{{{min},}}"),
                    (min, Some(max)) => write!(text, "{{{min},{max}}}"),
                };
                if *lazy {
                    text.push('?');
                }
            }
        }
    }
}

fn wrap(open: &str, node: &Node, fold: bool, text: &mut String) {
    text.push_str(open);
    node.write(fold, text);
    text.push(')');
}

fn write_class(class: &Class, fold: bool, text: &mut String) {
    text.push('[');
    if class.is_negated() {
        text.push('^');
    }
    for (first, last) in class.written(fold) {
        write_class_char(first, text);
        if first < last {
            text.push('-');
            write_class_char(last, text);
        }
    }
    text.push(']');
}

fn write_char(character: char, text: &mut String) {
    match character {
        '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '\\' => {
            text.push('\\');
            text.push(character);
        }
        _ => write_plain(character, text),
    }
}

/// In brackets Rust knows operators that JavaScript does not: `&&`, `--`, `~~`, and a class in a class.
fn write_class_char(character: char, text: &mut String) {
    match character {
        '[' | ']' | '^' | '-' | '\\' | '&' | '~' => {
            text.push('\\');
            text.push(character);
        }
        _ => write_plain(character, text),
    }
}

fn write_plain(character: char, text: &mut String) {
    if character.is_control() || character as u32 > 0x7e {
        let _ = write!(text, "\\x{{{:X}}}", character as u32);
    } else {
        text.push(character);
    }
}
