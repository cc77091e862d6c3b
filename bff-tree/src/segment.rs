use crate::{Code, names::argument_name, suggest};

/// One folder name of the app, parsed. This is the only place that knows the folder syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A part of the URL as it stands, percent-decoded (RH-012, RH-013, RH-016, RH-019).
    Literal(String),
    /// `[id]`: exactly one path segment (RH-022).
    Param(ParamName),
    /// `[...path]`: one or more path segments (RH-023).
    CatchAll(ParamName),
    /// `[[...path]]`: any number of path segments (RH-024).
    OptionalCatchAll(ParamName),
    /// `(name)`: left out of the URL (RH-014).
    Group(String),
    /// `_name`: never routed, nor anything below it (RH-015).
    Private(String),
}

/// The name of a param: as the folder spells it and as an argument is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ParamName {
    /// `post-id`, as between the brackets.
    pub folder: String,
    /// `post_id`, as in the handler's arguments.
    pub argument: String,
}

/// Why a folder name is not a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentMistake {
    /// Which mistake.
    pub code: Code,
    /// What is wrong, a phrase about the folder.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Segment {
    /// Parses a folder name.
    ///
    /// # Errors
    /// The mistakes of spec section 23, rows RH-017, RH-018, RH-020 and RH-447 to RH-451, each with a remedy.
    pub fn parse(folder: &str) -> Result<Self, SegmentMistake> {
        if let Some(name) = folder.strip_prefix('_') {
            return Ok(Self::Private(name.to_owned()));
        }
        if let Some(slot) = folder.strip_prefix('@') {
            return Err(mistake(
                Code::Slot,
                format!("`{folder}` is a parallel slot, which means nothing to a route"),
                format!("rename the folder; for a URL that begins with `@`, name it `%40{slot}`"),
            ));
        }
        if folder.contains(['[', ']']) {
            return dynamic(folder);
        }
        if folder.contains(['(', ')']) {
            return group(folder);
        }
        foreign_param(folder)?;
        percent_decode(folder).map(Self::Literal)
    }

    /// The param that this segment captures, if it is dynamic.
    pub fn param(&self) -> Option<&ParamName> {
        match self {
            Self::Param(name) | Self::CatchAll(name) | Self::OptionalCatchAll(name) => Some(name),
            Self::Literal(_) | Self::Group(_) | Self::Private(_) => None,
        }
    }

    /// True for `[...x]` and `[[...x]]`.
    pub fn is_catch_all(&self) -> bool {
        matches!(self, Self::CatchAll(_) | Self::OptionalCatchAll(_))
    }

    /// True when the folder is a part of the URL.
    pub fn is_in_url(&self) -> bool {
        !matches!(self, Self::Group(_) | Self::Private(_))
    }
}

fn mistake(code: Code, message: impl Into<String>, help: impl Into<String>) -> SegmentMistake {
    SegmentMistake { code, message: message.into(), help: help.into() }
}

/// A folder with a bracket in it.
///
/// ```text
/// segment = "[" name "]" / "[..." name "]" / "[[..." name "]]"
/// ```
fn dynamic(folder: &str) -> Result<Segment, SegmentMistake> {
    let opening = folder.chars().take_while(|&c| c == '[').count();
    let closing = folder.chars().rev().take_while(|&c| c == ']').count();
    let name = folder.trim_start_matches('[').trim_end_matches(']');

    if name.contains(['[', ']']) || (opening == 0) != (closing == 0) && is_balanced(folder) {
        return Err(mistake(
            Code::MixedSegment,
            format!("`{folder}` mixes text and brackets"),
            format!(
                "make the param the whole folder name, like `[{}]`, and split the value in the handler",
                inner_name(folder)
            ),
        ));
    }
    if opening != closing {
        let suggestion = if name.starts_with("...") && opening.max(closing) > 1 {
            format!("[[{name}]]")
        } else {
            format!("[{}]", if name.is_empty() { "id" } else { name })
        };
        let (code, what) = if opening == 0 || closing == 0 {
            (Code::UnbalancedBrackets, "has an unbalanced bracket")
        } else {
            (Code::ExtraBrackets, "has a different number of opening and closing brackets")
        };
        return Err(mistake(
            code,
            format!("`{folder}` {what}"),
            format!("rename the folder to `{suggestion}`"),
        ));
    }
    if opening > 2 {
        let (left, right) = if name.starts_with("...") { ("[[", "]]") } else { ("[", "]") };
        return Err(mistake(
            Code::ExtraBrackets,
            format!("`{folder}` has too many brackets"),
            format!("rename the folder to `{left}{name}{right}`"),
        ));
    }
    if let Some(rest) = name.strip_prefix('…') {
        return Err(mistake(
            Code::UnicodeEllipsis,
            format!("`{folder}` begins with the character `…` where three dots are meant"),
            format!("rename the folder to `{}`", folder.replace(name, &format!("...{rest}"))),
        ));
    }

    let dots = name.chars().take_while(|&c| c == '.').count();
    let bare = &name[dots..];
    if bare.is_empty() {
        return Err(mistake(
            Code::EmptyParam,
            format!("`{folder}` has no param name"),
            format!(
                "name the param, like `{}`",
                match (opening, dots) {
                    (_, 0) => "[id]",
                    (1, _) => "[...id]",
                    _ => "[[...id]]",
                }
            ),
        ));
    }
    match (opening, dots) {
        (1, 0) => param_name(folder, bare).map(Segment::Param),
        (1, 3) => param_name(folder, bare).map(Segment::CatchAll),
        (2, 3) => param_name(folder, bare).map(Segment::OptionalCatchAll),
        (_, 0) => Err(mistake(
            Code::OptionalParam,
            format!("`{folder}` would be an optional param, which does not exist"),
            format!(
                "use `[{bare}]` and a `route.rs` one folder up, or `[[...{bare}]]` for any number of segments"
            ),
        )),
        _ => Err(mistake(
            Code::WrongDots,
            format!(
                "`{folder}` has {dots} dot{} before the name",
                if dots == 1 { "" } else { "s" }
            ),
            format!(
                "use `[{bare}]` for one segment, `[...{bare}]` for one or more, `[[...{bare}]]` for any number"
            ),
        )),
    }
}

fn is_balanced(folder: &str) -> bool {
    folder.matches('[').count() == folder.matches(']').count()
}

/// The first name between brackets, for the help text of a mixed segment.
fn inner_name(folder: &str) -> &str {
    folder
        .split(['[', ']'])
        .nth(1)
        .map(|name| name.trim_start_matches('.'))
        .filter(|name| !name.is_empty())
        .unwrap_or("name")
}

fn param_name(folder: &str, name: &str) -> Result<ParamName, SegmentMistake> {
    match argument_name(name) {
        Some(argument) => Ok(ParamName { folder: name.to_owned(), argument }),
        None => Err(mistake(
            Code::ParamName,
            format!("`{name}` in `{folder}` cannot be the name of a handler's argument"),
            "use letters, digits, `_` and `-`, beginning with a letter, and none of `self`, `Self`, `super`, `crate`, `_`",
        )),
    }
}

fn group(folder: &str) -> Result<Segment, SegmentMistake> {
    for marker in ["(...)", "(..)", "(.)"] {
        if folder.starts_with(marker) {
            return Err(mistake(
                Code::Interception,
                format!("`{folder}` is an interception folder, which means nothing to a route"),
                format!("remove the `{marker}` from the folder name"),
            ));
        }
    }
    match folder.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(name) if !name.is_empty() && !name.contains(['(', ')']) => {
            Ok(Segment::Group(name.to_owned()))
        }
        _ => {
            let name: String = folder.chars().filter(|c| !matches!(c, '(' | ')')).collect();
            let name = if name.is_empty() { "group".to_owned() } else { name };
            Err(mistake(
                Code::Parentheses,
                format!("`{folder}` is neither a group nor a literal segment"),
                format!(
                    "name a group `({name})`; for a URL with a parenthesis write `%28` and `%29` in the folder name"
                ),
            ))
        }
    }
}

/// `{id}` and `:id` are params to axum and Express, and would be literals here.
fn foreign_param(folder: &str) -> Result<(), SegmentMistake> {
    let inner = folder
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .or_else(|| folder.strip_prefix(':'));
    let Some(name) = inner.filter(|name| !name.is_empty()) else { return Ok(()) };
    let param = match name.strip_prefix('*') {
        Some(rest) => format!("[...{rest}]"),
        None => format!("[{name}]"),
    };
    let escaped = folder.replace('{', "%7B").replace('}', "%7D").replace(':', "%3A");
    Err(mistake(
        Code::ForeignParam,
        format!("`{folder}` is how another router spells a param"),
        format!(
            "rename the folder to `{param}`; for a URL with these characters, name it `{escaped}`"
        ),
    ))
}

/// Decodes `%5F` and its like, so that a folder can stand for a URL that the syntax above claims (RH-016).
fn percent_decode(folder: &str) -> Result<String, SegmentMistake> {
    let refuse = |why: &str| {
        mistake(
            Code::PercentEscape,
            format!("`{folder}` {why}"),
            "write `%` and two hexadecimal digits for one byte of the URL segment, `%25` for a percent sign",
        )
    };
    let mut decoded = Vec::new();
    let mut bytes = folder.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16));
        match (digit(), digit()) {
            (Some(high), Some(low)) => decoded.push((high * 16 + low) as u8),
            _ => return Err(refuse("has a `%` that begins no escape")),
        }
    }
    let decoded = String::from_utf8(decoded).map_err(|_| refuse("does not decode to UTF-8"))?;
    if matches!(&*decoded, "." | "..")
        || decoded.contains(['/', '\\'])
        || decoded.contains(char::is_control)
    {
        return Err(refuse("stands for something that no URL segment may contain"));
    }
    Ok(decoded)
}

/// The dynamic segment whose argument name is nearest to `word`.
pub(crate) fn nearest_param<'a>(word: &str, segments: &'a [Segment]) -> Option<&'a str> {
    suggest::nearest(word, segments.iter().filter_map(Segment::param).map(|param| &*param.argument))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(folder: &str, argument: &str) -> ParamName {
        ParamName { folder: folder.into(), argument: argument.into() }
    }

    #[test]
    fn rh_012_to_rh_024_a_folder_name_is_parsed_into_its_segment() {
        for (folder, expected) in [
            ("posts", Segment::Literal("posts".into())),
            ("M", Segment::Literal("M".into())),
            ("rss.xml", Segment::Literal("rss.xml".into())),
            (".well-known", Segment::Literal(".well-known".into())),
            ("a b", Segment::Literal("a b".into())),
            ("日本", Segment::Literal("日本".into())),
            ("%7Bx%7D", Segment::Literal("{x}".into())),
            ("a{x}", Segment::Literal("a{x}".into())),
            ("%3Aid", Segment::Literal(":id".into())),
            ("a:b", Segment::Literal("a:b".into())),
            ("%5Funder", Segment::Literal("_under".into())),
            ("%5funder", Segment::Literal("_under".into())),
            ("%5Bid%5D", Segment::Literal("[id]".into())),
            ("%40me", Segment::Literal("@me".into())),
            ("100%25", Segment::Literal("100%".into())),
            ("index", Segment::Literal("index".into())),
            ("[id]", Segment::Param(param("id", "id"))),
            ("[post-id]", Segment::Param(param("post-id", "post_id"))),
            ("[type]", Segment::Param(param("type", "type"))),
            ("[größe]", Segment::Param(param("größe", "größe"))),
            ("[...path]", Segment::CatchAll(param("path", "path"))),
            ("[[...filters]]", Segment::OptionalCatchAll(param("filters", "filters"))),
            ("(shop)", Segment::Group("shop".into())),
            ("_lib", Segment::Private("lib".into())),
            ("_", Segment::Private(String::new())),
        ] {
            assert_eq!(Segment::parse(folder), Ok(expected), "{folder}");
        }
    }

    #[test]
    fn rh_017_rh_018_rh_020_rh_447_to_rh_451_a_wrong_folder_name_has_its_code_and_remedy() {
        for (folder, code, help) in [
            ("[]", Code::EmptyParam, "`[id]`"),
            ("[...]", Code::EmptyParam, "`[...id]`"),
            ("[[...]]", Code::EmptyParam, "`[[...id]]`"),
            ("[id", Code::UnbalancedBrackets, "[id]"),
            ("id]", Code::UnbalancedBrackets, "[id]"),
            ("[...path", Code::UnbalancedBrackets, "[...path]"),
            ("[name].json", Code::MixedSegment, "[name]"),
            ("v[id]", Code::MixedSegment, "[id]"),
            ("[a][b]", Code::MixedSegment, "[a]"),
            ("[a]-[b]", Code::MixedSegment, "[a]"),
            ("[[id]]", Code::OptionalParam, "[[...id]]"),
            ("[…x]", Code::UnicodeEllipsis, "[...x]"),
            ("[[…x]]", Code::UnicodeEllipsis, "[[...x]]"),
            ("[.x]", Code::WrongDots, "[x]"),
            ("[..x]", Code::WrongDots, "[...x]"),
            ("[....x]", Code::WrongDots, "[...x]"),
            ("[[[x]]]", Code::ExtraBrackets, "`[x]`"),
            ("[[...x]", Code::ExtraBrackets, "[[...x]]"),
            ("[x]]", Code::ExtraBrackets, "`[x]`"),
            ("[1d]", Code::ParamName, "letter"),
            ("[a b]", Code::ParamName, "letter"),
            ("[self]", Code::ParamName, "self"),
            ("[_]", Code::ParamName, "`_`"),
            ("@modal", Code::Slot, "%40modal"),
            ("(.)x", Code::Interception, "(.)"),
            ("(..)x", Code::Interception, "(..)"),
            ("(...)x", Code::Interception, "(...)"),
            ("()", Code::Parentheses, "(group)"),
            ("(shop", Code::Parentheses, "(shop)"),
            ("a(b)", Code::Parentheses, "%28"),
            ("{id}", Code::ForeignParam, "`[id]`"),
            ("{*path}", Code::ForeignParam, "`[...path]`"),
            (":id", Code::ForeignParam, "%3Aid"),
            ("50%", Code::PercentEscape, "%25"),
            ("%zz", Code::PercentEscape, "%25"),
            ("%FF", Code::PercentEscape, "%25"),
            ("%2F", Code::PercentEscape, "%25"),
            ("%2E%2E", Code::PercentEscape, "%25"),
            ("%00", Code::PercentEscape, "%25"),
            ("a\\b", Code::PercentEscape, "%25"),
            ("a\nb", Code::PercentEscape, "%25"),
        ] {
            let mistake = Segment::parse(folder).expect_err(folder);
            assert_eq!(mistake.code, code, "{folder}");
            assert!(mistake.help.contains(help), "{folder}: {}", mistake.help);
            assert!(mistake.message.contains(folder), "{folder}: {}", mistake.message);
        }
    }
}
