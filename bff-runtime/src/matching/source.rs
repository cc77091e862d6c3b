use super::{
    captures::{Captures, Value},
    error::{BadPattern, TooComplex},
    expression::{Expression, Regex},
    segments,
};

/// A source as the build has compiled it.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// As the user wrote it, for logs.
    pub text: &'static str,
    /// What every path that matches begins with.
    pub prefix: &'static str,
    /// How it is matched.
    pub shape: Shape,
    /// What it captures, in order.
    pub params: &'static [SourceParam],
    /// The characters that end a param, one of which may follow the whole: `/`, or `/#?` for a matcher.
    pub delimiters: &'static str,
    /// False when the case of ASCII letters is ignored.
    pub case_sensitive: bool,
}

/// How a source is matched.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// The path is this text.
    Literal(&'static str),
    /// Text and whole segments.
    Segments(&'static [Part]),
    /// An expression without look-around, and one that must not match.
    Regex {
        /// Its groups are the params.
        regex: Regex,
        /// What must not match.
        except: Option<Regex>,
    },
    /// An expression with look-around.
    Backtracking(Regex),
}

/// A step of [`Shape::Segments`]; the last three stand at the end only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// This text.
    Literal(&'static str),
    /// Everything up to the next delimiter, and something there.
    Param,
    /// Nothing, or a slash and a segment.
    Optional,
    /// Any number of slashes with a segment each.
    Any,
    /// At least one of these.
    Some,
}

/// What one group of a source captures.
#[derive(Clone, Copy, Debug)]
pub struct SourceParam {
    /// Empty when it has none, so that its value is dropped (PP-09).
    pub name: &'static str,
    /// What stands between the items of a list.
    pub separator: Option<&'static str>,
}

/// A source that is ready to match.
#[derive(Clone, Debug)]
pub struct SourceMatcher {
    source: &'static Source,
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    None,
    Expression { whole: Expression, except: Option<Expression> },
}

impl SourceMatcher {
    /// Compiles the expression, if the source has one; done once, when the server starts.
    ///
    /// # Errors
    /// When the engine refuses it, which the build has ruled out.
    pub fn new(source: &'static Source) -> Result<Self, BadPattern> {
        let engine = match source.shape {
            Shape::Literal(_) | Shape::Segments(_) => Engine::None,
            Shape::Regex { regex, except } => Engine::Expression {
                whole: regex.compile()?,
                except: except.map(Regex::compile).transpose()?,
            },
            Shape::Backtracking(regex) => {
                Engine::Expression { whole: regex.compile()?, except: None }
            }
        };
        Ok(Self { source, engine })
    }

    /// The source that it matches.
    pub fn source(&self) -> &'static Source {
        self.source
    }

    /// True when the path matches (MT-11).
    ///
    /// # Errors
    /// When that takes too many steps to find out.
    pub fn is_match(&self, path: &str) -> Result<bool, TooComplex> {
        if !self.begins(path) {
            return Ok(false);
        }
        match (&self.engine, self.source.shape) {
            (Engine::None, shape) => Ok(self.by_hand(shape, path, |_, _| {})),
            (Engine::Expression { whole, except }, _) => {
                Ok(!excepted(except.as_ref(), path)? && whole.is_match(path)?)
            }
        }
    }

    /// What the path captures; `None` when it does not match (PP-08).
    ///
    /// # Errors
    /// When that takes too many steps to find out.
    pub fn captures<'p>(&self, path: &'p str) -> Result<Option<Captures<'p>>, TooComplex> {
        if !self.begins(path) {
            return Ok(None);
        }
        let mut captures = Captures::new();
        let matches = match (&self.engine, self.source.shape) {
            (Engine::None, shape) => {
                self.by_hand(shape, path, |index, text| self.keep(index, text, &mut captures))
            }
            (Engine::Expression { whole, except }, _) => {
                if excepted(except.as_ref(), path)? {
                    false
                } else if self.source.params.iter().all(|param| param.name.is_empty()) {
                    whole.is_match(path)?
                } else if let Some(groups) = whole.groups(path)? {
                    for (index, group) in groups.into_iter().enumerate() {
                        self.keep(index, group.unwrap_or(""), &mut captures);
                    }
                    true
                } else {
                    false
                }
            }
        };
        Ok(matches.then_some(captures))
    }

    /// The prefilter: one comparison, and most paths are done.
    fn begins(&self, path: &str) -> bool {
        strip_literal(path, self.source.prefix, self.source.case_sensitive).is_some()
    }

    /// The same for the decoded path, without decoding all of it.
    pub(super) fn begins_decoded(&self, path: &str) -> bool {
        let mut bytes = percent_encoding::percent_decode_str(path);
        self.source.prefix.bytes().all(|expected| {
            bytes.next().is_some_and(|byte| {
                byte == expected
                    || !self.source.case_sensitive && byte.eq_ignore_ascii_case(&expected)
            })
        })
    }

    fn by_hand<'p>(&self, shape: Shape, path: &'p str, found: impl FnMut(usize, &'p str)) -> bool {
        let parts: &[Part] = match &shape {
            Shape::Literal(text) => &[Part::Literal(text)],
            Shape::Segments(parts) => parts,
            // These have an expression.
            Shape::Regex { .. } | Shape::Backtracking(_) => return false,
        };
        segments::matches(parts, self.source, path, found)
    }

    /// An empty value is kept no more than an absent one: inserted, it would be an empty segment.
    fn keep<'p>(&self, index: usize, text: &'p str, captures: &mut Captures<'p>) {
        let Some(param) = self.source.params.get(index) else { return };
        if param.name.is_empty() || text.is_empty() {
            return;
        }
        let value = match param.separator {
            Some(separator) => Value::Paths(text, separator),
            None => Value::Path(text),
        };
        captures.insert(param.name, value);
    }
}

fn excepted(except: Option<&Expression>, path: &str) -> Result<bool, TooComplex> {
    except.map_or(Ok(false), |except| except.is_match(path))
}

/// What follows the literal at the beginning of the path.
pub(super) fn strip_literal<'p>(
    path: &'p str,
    literal: &str,
    case_sensitive: bool,
) -> Option<&'p str> {
    if case_sensitive {
        return path.strip_prefix(literal);
    }
    let (start, rest) = path.split_at_checked(literal.len())?;
    start.eq_ignore_ascii_case(literal).then_some(rest)
}
