use super::{
    dialect::Dialect,
    lexer::Modifier,
    regex,
    token::{Token, Unit, Value},
};

/// How a pattern is matched, from the cheapest way to the dearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The path is this text.
    Literal(String),
    /// Text and whole segments, matched by hand, once from left to right.
    Segments(Vec<Part>),
    /// An expression in linear time, and one that must not match.
    Regex {
        /// What must match; its groups are the params.
        regex: String,
        /// What must not match.
        except: Option<String>,
    },
    /// An expression with look-around, which is matched by trying.
    Backtracking(String),
}

/// A step of [`Shape::Segments`]. The last three come at the end only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// This text.
    Literal(String),
    /// Everything up to the next delimiter, and something there.
    Param,
    /// Nothing, or a slash and a segment: `/:x?`.
    Optional,
    /// Any number of slashes with a segment each: `/:x*`.
    Any,
    /// At least one of these: `/:x+`.
    Some,
}

pub(super) fn of(tokens: &[Token], dialect: Dialect, regex: &str) -> Shape {
    if let Some(literal) = literal(tokens) {
        return Shape::Literal(literal);
    }
    if let Some(parts) = segments(tokens, dialect) {
        return Shape::Segments(parts);
    }
    if !regex::of_pattern(tokens, dialect).has_look_around() {
        return Shape::Regex { regex: regex.to_owned(), except: None };
    }
    match regex::split_negation(tokens, dialect) {
        Some((whole, except)) => Shape::Regex {
            regex: whole.to_regex(!dialect.case_sensitive),
            except: Some(except.to_regex(!dialect.case_sensitive)),
        },
        None => Shape::Backtracking(regex.to_owned()),
    }
}

/// The literal text at the beginning.
pub(super) fn prefix(tokens: &[Token]) -> String {
    let mut prefix = String::new();
    for token in tokens {
        match token {
            Token::Text(text) => prefix.push_str(text),
            Token::Unit(unit) => {
                if matches!(unit.modifier, None | Some(Modifier::Some)) {
                    prefix.push_str(&unit.prefix);
                }
                if unit.modifier.is_some() || unit.param.is_some() {
                    break;
                }
                prefix.push_str(&unit.suffix);
            }
        }
    }
    prefix
}

fn literal(tokens: &[Token]) -> Option<String> {
    let texts = tokens.iter().map(|token| match token {
        Token::Text(text) => Some(text.clone()),
        Token::Unit(Unit { param: None, modifier: None, prefix, suffix, .. }) => {
            Some(format!("{prefix}{suffix}"))
        }
        Token::Unit(_) => None,
    });
    texts.collect()
}

/// A param ends where the first delimiter is, so what follows one must begin with a delimiter.
fn segments(tokens: &[Token], dialect: Dialect) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let unit = match token {
            Token::Text(more) => {
                text.push_str(more);
                continue;
            }
            Token::Unit(unit) => unit,
        };
        let is_segment = matches!(
            unit.param.as_ref().map(|param| &param.value),
            Some(Value::Default { without: None })
        );
        if !is_segment || !unit.suffix.is_empty() {
            return None;
        }
        let part = match unit.modifier {
            None => {
                text.push_str(&unit.prefix);
                Part::Param
            }
            Some(_) if unit.prefix != "/" || index + 1 < tokens.len() => return None,
            Some(Modifier::Optional) => Part::Optional,
            Some(Modifier::Any) => Part::Any,
            Some(Modifier::Some) => Part::Some,
        };
        flush(&mut text, &mut parts, dialect)?;
        parts.push(part);
    }
    flush(&mut text, &mut parts, dialect)?;
    Some(parts)
}

fn flush(text: &mut String, parts: &mut Vec<Part>, dialect: Dialect) -> Option<()> {
    if text.is_empty() {
        return Some(());
    }
    let parted = text.starts_with(|first| dialect.delimiters.contains(first));
    if parts.last() == Some(&Part::Param) && !parted {
        return None;
    }
    parts.push(Part::Literal(std::mem::take(text)));
    Some(())
}
