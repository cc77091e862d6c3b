//! From text to what the macro emits, and one helper for each boundary.

use bff_tree::path_pattern as tree;
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::matching::{
    Captures, Condition, ConditionTest, Destination, HeaderTemplate, Origin, Part, Piece, Place,
    QueryPair, Regex, Rule, RuleMatcher, Shape, Source, SourceMatcher, SourceParam, Subject,
    Variable,
};

/// Static data, as the macro would write it. Tests are few and short, so what they leak is little.
pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(crate) fn text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

pub(crate) fn list<T, U>(items: &[T], one: impl Fn(&T) -> U) -> &'static [U] {
    Vec::leak(items.iter().map(one).collect())
}

pub(super) fn source_of(pattern: &tree::PathPattern) -> Source {
    let shape = match pattern.shape() {
        tree::Shape::Literal(literal) => Shape::Literal(text(literal)),
        tree::Shape::Segments(parts) => Shape::Segments(list(parts, |part| match part {
            tree::Part::Literal(literal) => Part::Literal(text(literal)),
            tree::Part::Param => Part::Param,
            tree::Part::Optional => Part::Optional,
            tree::Part::Any => Part::Any,
            tree::Part::Some => Part::Some,
        })),
        tree::Shape::Regex { regex, except } => {
            let except = except.as_deref().map(|except| Regex::linear(text(except)));
            Shape::Regex { regex: Regex::linear(text(regex)), except }
        }
        tree::Shape::Backtracking(regex) => Shape::Backtracking(Regex::backtracking(text(regex))),
    };
    Source {
        text: text(pattern.text()),
        prefix: text(pattern.prefix()),
        shape,
        params: list(pattern.params(), |param| SourceParam {
            name: text(param.name.as_deref().unwrap_or("")),
            separator: param.separator.as_deref().map(text),
        }),
        delimiters: pattern.dialect().delimiters(),
        case_sensitive: pattern.dialect().is_case_sensitive(),
    }
}

fn pattern(source: &str, dialect: tree::Dialect) -> tree::PathPattern {
    tree::PathPattern::parse(source, dialect)
        .unwrap_or_else(|mistake| panic!("{mistake}\n{}", mistake.carets(source)))
}

pub(super) fn matcher(source: &str) -> Source {
    source_of(&pattern(source, tree::Dialect::MATCHER))
}

pub(super) fn compiled(source: Source) -> SourceMatcher {
    SourceMatcher::new(leak(source)).expect("an expression that compiles")
}

/// `header:x-a`, `cookie:auth=true`, `query:page=(?<pg>h.*)`, `host:=…`; a `!` at the end asks for presence.
fn condition(written: &str) -> tree::Condition {
    let (place, rest) = written.split_once(':').expect("a place");
    let (key, value) = match rest.split_once('=') {
        Some((key, value)) => (key, Some(value)),
        None => (rest, None),
    };
    let present = key.ends_with('!');
    let key = Some(key.trim_end_matches('!')).filter(|key| !key.is_empty());
    let place = match place {
        "header" => tree::Place::Header,
        "cookie" => tree::Place::Cookie,
        "query" => tree::Place::Query,
        _ => tree::Place::Host,
    };
    tree::Condition::new(place, key, value, present).unwrap_or_else(|mistake| panic!("{mistake}"))
}

fn condition_of(condition: &tree::Condition) -> Condition {
    Condition {
        place: match condition.place {
            tree::Place::Header => Place::Header,
            tree::Place::Cookie => Place::Cookie,
            tree::Place::Query => Place::Query,
            tree::Place::Host => Place::Host,
        },
        key: text(&condition.key),
        test: match &condition.test {
            tree::ConditionTest::Present => ConditionTest::Present,
            tree::ConditionTest::NotEmpty => ConditionTest::NotEmpty,
            tree::ConditionTest::Value(tree::ConditionValue::Literal(value)) => {
                ConditionTest::Literal(text(value))
            }
            tree::ConditionTest::Value(tree::ConditionValue::Regex {
                regex,
                backtracking,
                groups,
            }) => ConditionTest::Regex {
                regex: match backtracking {
                    true => Regex::backtracking(text(regex)),
                    false => Regex::linear(text(regex)),
                },
                groups: list(groups, |(name, _)| text(name)),
            },
        },
        capture: condition.capture.as_deref().map(text),
    }
}

fn pieces(pieces: &[tree::Piece]) -> &'static [Piece] {
    list(pieces, |piece| match piece {
        tree::Piece::Literal(literal) => Piece::Literal(text(literal)),
        tree::Piece::Param { name, prefix, suffix, list } => Piece::Param {
            name: text(name),
            prefix: text(prefix),
            suffix: text(suffix),
            list: *list,
        },
    })
}

pub(crate) fn rule_of(
    source: &tree::PathPattern,
    has: &[tree::Condition],
    missing: &[tree::Condition],
) -> Rule {
    Rule {
        source: source_of(source),
        has: list(has, condition_of),
        missing: list(missing, condition_of),
    }
}

pub(crate) fn destination_of(
    parsed: &tree::Destination,
    usage: tree::DestinationUse,
) -> Destination {
    let appends = usage == tree::DestinationUse::Rewrite && !parsed.uses_params_before_query();
    Destination {
        text: text(&parsed.text),
        origin: match &parsed.origin {
            tree::Origin::Same => Origin::Same,
            tree::Origin::Absolute { scheme, authority } => {
                Origin::Absolute { scheme: text(scheme), authority: pieces(authority) }
            }
            tree::Origin::Variable(variable) => Origin::Variable(Variable {
                name: text(&variable.name),
                default: variable.default.as_deref().map(text),
            }),
            tree::Origin::Upstream(name) => panic!("no file declares `{name}`"),
        },
        path: pieces(&parsed.path),
        query: list(&parsed.query, |pair| QueryPair {
            name: text(&pair.name),
            written: text(&pair.written),
            value: pair.value.as_deref().map(pieces),
        }),
        fragment: parsed.fragment.as_deref().map(pieces),
        appends,
    }
}

pub(crate) fn header_of(
    name: &tree::HeaderTemplate,
    value: &tree::HeaderTemplate,
) -> HeaderTemplate {
    HeaderTemplate { name: pieces(&name.pieces), value: pieces(&value.pieces) }
}

/// A rule with all that can follow from it.
pub(super) struct Entry {
    matcher: RuleMatcher,
    names: Vec<tree::Captured>,
}

impl Entry {
    /// As in `bff.toml`.
    pub(super) fn new(source: &str, has: &[&str], missing: &[&str]) -> Self {
        Self::with(pattern(source, tree::Dialect::CONFIG), has, missing)
    }

    fn with(pattern: tree::PathPattern, has: &[&str], missing: &[&str]) -> Self {
        let has: Vec<tree::Condition> = has.iter().map(|written| condition(written)).collect();
        let names = tree::captured(&pattern, &has);
        let missing: Vec<tree::Condition> =
            missing.iter().map(|written| condition(written)).collect();
        let rule = rule_of(&pattern, &has, &missing);
        Self { matcher: RuleMatcher::new(leak(rule)).expect("expressions that compile"), names }
    }

    pub(super) fn captures<'a>(&self, subject: &Subject<'a>) -> Option<Captures<'a>> {
        self.matcher.captures(subject).expect("few steps")
    }

    pub(super) fn destination(
        &self,
        destination: &str,
        usage: tree::DestinationUse,
    ) -> &'static Destination {
        let parsed = tree::Destination::parse(destination, usage, &self.names)
            .unwrap_or_else(|mistake| panic!("{mistake}\n{}", mistake.carets(destination)));
        leak(destination_of(&parsed, usage))
    }

    /// Where a request leads: `None` when the rule does not apply, `400` when a value is refused.
    pub(super) fn leads(
        &self,
        destination: &str,
        usage: tree::DestinationUse,
        request: &Request<()>,
    ) -> Option<String> {
        let subject = Subject::of(request);
        let captures = self.captures(&subject)?;
        let resolved = self.destination(destination, usage).resolve(variable).expect("a variable");
        Some(match resolved.fill(&captures, subject.query) {
            Ok(target) => target.to_string(),
            Err(_) => "400".to_owned(),
        })
    }

    pub(super) fn header(&self, name: &str, value: &str) -> HeaderTemplate {
        let name = tree::HeaderTemplate::name(name, &self.names).expect("a name");
        let value = tree::HeaderTemplate::value(value, &self.names).expect("a value");
        header_of(&name, &value)
    }
}

/// The environment of the tests.
pub(super) fn variable(name: &str) -> Option<String> {
    match name {
        "CATALOG_URL" => Some("http://Catalog:9000/base/".to_owned()),
        "PREFIX" => Some("/v2".to_owned()),
        "EMPTY" => Some(String::new()),
        _ => None,
    }
}

/// `/path?query`, then a line `name: value` for each header.
pub(super) fn request(written: &str) -> Request<()> {
    let mut lines = written.lines();
    let mut request = Request::new(());
    *request.uri_mut() = lines.next().unwrap_or("/").parse().expect(written);
    *request.headers_mut() = headers(lines);
    request
}

fn headers<'a>(lines: impl Iterator<Item = &'a str>) -> HeaderMap {
    let pairs = lines.filter_map(|line| line.trim().split_once(':')).map(|(name, value)| {
        let name: HeaderName = name.parse().expect("a name");
        (name, HeaderValue::from_str(value.trim()).expect("a value"))
    });
    let mut headers = HeaderMap::new();
    pairs.for_each(|(name, value)| {
        headers.append(name, value);
    });
    headers
}
