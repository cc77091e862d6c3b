//! `matcher` and `exclude` (MT-01 … MT-05).

use proc_macro2::{Ident, Span, TokenStream};
use syn::spanned::Spanned;

use super::{
    Proxy, ProxyRule,
    conditions::conditions,
    constants::{Constants, Texts},
    mistake::ProxyMistake,
    syntax::{Field, Fields, Value},
};
use crate::{
    Code,
    path_pattern::{Dialect, PathPattern},
    suggest,
};

/// The keys of one pair of parentheses or braces.
pub(super) struct Keys {
    /// What has them, for messages.
    pub(super) of: &'static str,
    pub(super) known: &'static [&'static str],
    /// What other stacks have, or what stands elsewhere, and what to do instead.
    pub(super) elsewhere: &'static [(&'static str, &'static str)],
}

const IN_AN_ENTRY: &str = "it belongs to an entry: `matcher = [{ source = \"/path\", has = […] }]`";
const NO_RUNTIME: &str = "remove it; a proxy runs in the app's own process";
const NO_LOCALES: &str = "remove it; there are no locales, and a source means what it says";

const KEYS: Keys = Keys {
    of: "`#[proxy]`",
    known: &["matcher", "exclude"],
    elsewhere: &[
        ("source", IN_AN_ENTRY),
        ("has", IN_AN_ENTRY),
        ("missing", IN_AN_ENTRY),
        ("runtime", NO_RUNTIME),
        ("regions", NO_RUNTIME),
    ],
};

const ENTRY: Keys = Keys {
    of: "an entry of `matcher`",
    known: &["source", "has", "missing"],
    elsewhere: &[
        ("locale", NO_LOCALES),
        ("basePath", "remove it; a source is the path below the base path"),
        ("base_path", "remove it; a source is the path below the base path"),
        ("matcher", "call it `source`"),
        ("exclude", "it stands beside `matcher`, for all of its entries"),
    ],
};

/// What is read, and where mistakes go.
pub(super) struct Reader<'a> {
    pub(super) texts: Texts<'a>,
    pub(super) mistakes: &'a mut Vec<ProxyMistake>,
}

pub(super) fn read(
    proxy: &mut Proxy,
    arguments: TokenStream,
    constants: &Constants,
    mistakes: &mut Vec<ProxyMistake>,
) {
    let Fields(fields) = match syn::parse2(arguments) {
        Ok(fields) => fields,
        Err(error) => {
            mistakes.push(ProxyMistake::new(
                Code::AttributeValue,
                error.span(),
                format!("malformed arguments of `#[proxy]`: {error}"),
                "write `matcher = \"/path\"`, `matcher = [\"/a\", \"/b\"]` or `matcher = [{ source = \"/path\", has = […] }]`",
            ));
            return;
        }
    };
    let mut reader = Reader { texts: Texts::new(constants), mistakes };
    for field in reader.known(fields, &KEYS) {
        if field.key == "matcher" {
            proxy.matcher = reader.matcher(&field.value, &mut proxy.never_runs);
        } else {
            proxy.exclude = reader.exclude(&field.value);
        }
    }
    proxy.constants = reader.texts.used;
}

impl Reader<'_> {
    pub(super) fn mistake(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.mistakes.push(ProxyMistake::new(code, span, message, help));
    }

    /// Those whose key is one of `keys`, each once. The others are reported (MT-03, PX-09, PX-10).
    pub(super) fn known(&mut self, fields: Vec<Field>, keys: &Keys) -> Vec<Field> {
        let mut known: Vec<Field> = Vec::new();
        for field in fields {
            let name = field.key.to_string();
            if !keys.known.contains(&&*name) {
                self.unknown_key(&field.key, &name, keys);
            } else if known.iter().any(|other| other.key == field.key) {
                self.mistake(
                    Code::AttributeValue,
                    field.key.span(),
                    format!("`{name}` is given twice"),
                    "remove one of them; several of a kind are a list: `[…, …]`",
                );
            } else {
                known.push(field);
            }
        }
        known
    }

    fn unknown_key(&mut self, key: &Ident, name: &str, keys: &Keys) {
        let help = match keys.elsewhere.iter().find(|(other, _)| *other == name) {
            Some((_, help)) => (*help).to_owned(),
            None => match suggest::nearest(name, keys.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("remove it; known keys: `{}`", keys.known.join("`, `")),
            },
        };
        self.mistake(
            Code::UnknownKey,
            key.span(),
            format!("{} has no key `{name}`", keys.of),
            help,
        );
    }

    /// `None` when something in it is wrong, so that nobody goes on with the rest.
    fn matcher(&mut self, value: &Value, never_runs: &mut Option<Span>) -> Option<Vec<ProxyRule>> {
        match value {
            Value::Text(_) => Some(vec![self.rule(value)?]),
            Value::List(bracket, entries) => {
                *never_runs = entries.is_empty().then(|| bracket.span.join());
                let rules = entries.iter().map(|entry| self.rule(entry));
                rules.collect::<Vec<_>>().into_iter().collect()
            }
            // MT-01: what is a list with one entry today has two tomorrow.
            Value::Table(..) => {
                self.mistake(
                    Code::AttributeValue,
                    value.span(),
                    "an entry with conditions stands in a list",
                    "write brackets around it: `matcher = [{ … }]`",
                );
                None
            }
        }
    }

    fn rule(&mut self, entry: &Value) -> Option<ProxyRule> {
        match entry {
            Value::Text(_) => Some(ProxyRule {
                source: self.pattern(entry)?,
                has: Vec::new(),
                missing: Vec::new(),
            }),
            Value::List(..) => {
                self.no_text(entry);
                None
            }
            Value::Table(_, fields) => self.rule_with_conditions(entry.span(), fields),
        }
    }

    fn rule_with_conditions(&mut self, span: Span, fields: &[Field]) -> Option<ProxyRule> {
        let before = self.mistakes.len();
        let fields = self.known(fields.to_vec(), &ENTRY);
        let field = |name: &str| fields.iter().find(|field| field.key == name);
        let source = match field("source") {
            Some(field) => self.pattern(&field.value),
            None => {
                self.mistake(
                    Code::AttributeValue,
                    span,
                    "an entry of `matcher` lacks `source`",
                    "say which paths it is about: `source = \"/:path*\"` for all of them",
                );
                None
            }
        };
        let mut all = |name| field(name).map_or_else(Vec::new, |field| conditions(field, self));
        let (has, missing) = (all("has"), all("missing"));
        let rule = ProxyRule { source: source?, has, missing };
        (self.mistakes.len() == before).then_some(rule)
    }

    fn exclude(&mut self, value: &Value) -> Vec<PathPattern> {
        let entries = match value {
            Value::List(_, entries) => &**entries,
            value => std::slice::from_ref(value),
        };
        let mut patterns = Vec::new();
        for entry in entries {
            if let Value::Table(..) = entry {
                self.mistake(
                    Code::AttributeValue,
                    entry.span(),
                    "an exclusion has no conditions",
                    "write the path alone, or `missing = […]` in an entry of `matcher`",
                );
            } else {
                patterns.extend(self.pattern(entry));
            }
        }
        patterns
    }

    fn pattern(&mut self, value: &Value) -> Option<PathPattern> {
        let Value::Text(text) = value else {
            self.no_text(value);
            return None;
        };
        let text = self.texts.read(text, self.mistakes)?;
        match PathPattern::parse(&text.value, Dialect::MATCHER) {
            Ok(pattern) => Some(pattern),
            Err(mistake) => {
                self.mistakes.push(text.mistake(mistake));
                None
            }
        }
    }

    pub(super) fn no_text(&mut self, value: &Value) {
        let found = if let Value::List(..) = value { "a list" } else { "a table" };
        self.mistake(
            Code::AttributeValue,
            value.span(),
            format!("this is {found} where a string is wanted"),
            "write `\"…\"`, a constant of this file, or `concat!` of these",
        );
    }
}
