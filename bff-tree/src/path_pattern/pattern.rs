use super::{
    condition::Condition,
    dialect::Dialect,
    encoding,
    lexer::Modifier,
    mistake::PatternMistake,
    parser::{self, Side},
    regex,
    shape::{self, Shape},
    token::{Token, Unit, Value},
};
use crate::Code;

/// The most characters of a pattern, and of the expression that it becomes (MT-05, PP-15, VA-14).
pub(super) const MAX_LENGTH: usize = 4096;

/// How many units of an expression weigh as much as one character of it.
const SIZE_OF_A_CHARACTER: usize = 5;

/// A source: which paths it matches and what it captures of them.
///
/// ```
/// use bff_tree::path_pattern::{Dialect, PathPattern};
///
/// let pattern = PathPattern::parse("/dashboard/:path*", Dialect::MATCHER)?;
/// assert_eq!(pattern.prefix(), "/dashboard");
/// assert_eq!(pattern.params()[0].name.as_deref(), Some("path"));
/// # Ok::<(), bff_tree::path_pattern::PatternMistake>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    text: String,
    dialect: Dialect,
    params: Vec<PatternParam>,
    prefix: String,
    regex: String,
    shape: Shape,
}

/// What one unit of a pattern captures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternParam {
    /// `None` for `(…)`, whose value nobody can ask for (PP-09).
    pub name: Option<String>,
    /// What stands between the items of a list; `None` for a single value (PP-08).
    pub separator: Option<String>,
    /// The path may match without it, or with nothing in its place, which counts as absent too.
    pub optional: bool,
    /// It was written without `*` or `+`, and holds slashes all the same, like `:path(.*)`.
    pub slashes: bool,
}

/// A name that a destination or a header may use, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// As in the source or the condition.
    pub name: String,
    /// It is a list of values (DC-10).
    pub list: bool,
    /// It is one text with slashes in it.
    pub slashes: bool,
    /// It may be absent (DC-11).
    pub optional: bool,
}

impl PathPattern {
    /// Parses and checks a source.
    ///
    /// # Errors
    /// The first mistake of rows MT-05, MT-06, PP-02, PP-03, PP-06, PP-07 and HM-10, with its place.
    pub fn parse(text: &str, dialect: Dialect) -> Result<Self, PatternMistake> {
        if !text.starts_with('/') {
            return Err(PatternMistake::new(
                Code::PatternSyntax,
                0..text.chars().next().map_or(0, char::len_utf8),
                "a source must start with `/`",
                "write the path from its beginning, without scheme, host and query",
            ));
        }
        too_long(text.chars().count(), text)?;
        if let Some(at) = text.find("${") {
            return Err(PatternMistake::new(
                Code::PatternSyntax,
                at..at + 2,
                "a source cannot hold a variable",
                "write the path itself; only a destination may begin with `${NAME}`",
            ));
        }
        let mut tokens = parser::parse(text, Side::Source { delimiters: dialect.delimiters })?;
        if dialect.encodes {
            tokens.iter_mut().for_each(encode);
        }
        let params = params(&tokens)?;
        let whole = regex::of_pattern(&tokens, dialect);
        let regex = whole.to_regex(!dialect.case_sensitive);
        // Counted repetitions are short to write and long to hold, so both are measured.
        too_long(regex.chars().count().max(whole.size() / SIZE_OF_A_CHARACTER), text)?;
        Ok(Self {
            prefix: shape::prefix(&tokens),
            shape: shape::of(&tokens, dialect, &regex),
            text: text.to_owned(),
            dialect,
            params,
            regex,
        })
    }

    /// The source as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language that it was written in.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What it captures, in order; a capturing group of the expression each.
    pub fn params(&self) -> &[PatternParam] {
        &self.params
    }

    /// The literal text that every match begins with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The whole as one expression, for `regex` or, where it has look-around, for `fancy-regex`.
    pub fn regex(&self) -> &str {
        &self.regex
    }

    /// How to match it.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }
}

/// What a source and its conditions capture together. Where two share a name, the condition's is used, as in
/// the model.
pub fn captured(source: &PathPattern, has: &[Condition]) -> Vec<Captured> {
    let of_source = source.params.iter().filter_map(|param| {
        Some(Captured {
            name: param.name.clone()?,
            list: param.separator.is_some() && !param.slashes,
            slashes: param.slashes,
            optional: param.optional,
        })
    });
    let mut captured: Vec<Captured> = of_source.collect();
    for more in has.iter().flat_map(Condition::captured) {
        captured.retain(|earlier| earlier.name != more.name);
        captured.push(more);
    }
    captured
}

fn encode(token: &mut Token) {
    match token {
        Token::Text(text) => *text = encoding::path(text),
        Token::Unit(unit) => {
            unit.prefix = encoding::path(&unit.prefix);
            unit.suffix = encoding::path(&unit.suffix);
            if let Some(Value::Default { without: Some(text) }) =
                unit.param.as_mut().map(|param| &mut param.value)
            {
                *text = encoding::path(text);
            }
        }
    }
}

fn params(tokens: &[Token]) -> Result<Vec<PatternParam>, PatternMistake> {
    let mut params: Vec<PatternParam> = Vec::new();
    for token in tokens {
        let Token::Unit(unit) = token else { continue };
        let Some(param) = &unit.param else { continue };
        let repeats = matches!(unit.modifier, Some(Modifier::Any | Modifier::Some));
        let shown =
            param.name.as_deref().map_or("the param".to_owned(), |name| format!("`:{name}`"));
        if repeats && unit.prefix.is_empty() && unit.suffix.is_empty() {
            return Err(PatternMistake::new(
                Code::PatternParam,
                unit.at.clone(),
                format!("{shown} cannot repeat, because nothing would part its values"),
                "put a `/` before it, or braces around it and its text: `{-:x}*`",
            ));
        }
        if param.name.is_some() && params.iter().any(|earlier| earlier.name == param.name) {
            return Err(PatternMistake::new(
                Code::PatternParam,
                unit.at.clone(),
                format!("two params are named {shown}"),
                "give each its own name",
            ));
        }
        params.push(captures(unit, &param.value, param.name.clone(), repeats));
    }
    Ok(params)
}

fn captures(unit: &Unit, value: &Value, name: Option<String>, repeats: bool) -> PatternParam {
    let (slashes, empty) = match value {
        Value::Regex(node) => (node.may_contain('/') && !repeats, node.may_be_empty()),
        Value::Default { .. } => (false, false),
    };
    let separator = match (repeats, slashes) {
        (true, _) => Some(format!("{}{}", unit.suffix, unit.prefix)),
        (false, true) => Some("/".to_owned()),
        (false, false) => None,
    };
    let absent = matches!(unit.modifier, Some(Modifier::Optional | Modifier::Any));
    PatternParam { name, optional: absent || empty && separator.is_some(), separator, slashes }
}

pub(super) fn too_long(characters: usize, text: &str) -> Result<(), PatternMistake> {
    if characters <= MAX_LENGTH {
        return Ok(());
    }
    Err(PatternMistake::new(
        Code::PatternLimit,
        0..text.len(),
        format!("it is too long: {characters} characters, of at most {MAX_LENGTH}, once compiled"),
        "split it into several",
    ))
}
