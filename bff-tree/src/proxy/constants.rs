//! The texts of `#[proxy]`: literals, constants of the same file, and `concat!` of these.
//!
//! A macro sees tokens and no values. What a constant holds is read from the text of its file, and the expansion has
//! the compiler compare it with the real one, so that a `cfg`, a `use` or another macro cannot make them differ.

use std::{collections::BTreeMap, fmt};

use proc_macro2::Span;
use syn::{
    Expr, ExprLit, Ident, ItemConst, Lit, Macro, Token, parse::Parser, punctuated::Punctuated,
    spanned::Spanned,
};

use super::mistake::{Carets, ProxyMistake};
use crate::{Code, lexer, path_pattern::PatternMistake, suggest};

/// The constants at the top level of a file.
#[derive(Clone, Default)]
pub struct Constants(BTreeMap<String, Constant>);

#[derive(Clone)]
enum Constant {
    Value(Box<Expr>),
    /// It is declared more than once, for one configuration or another.
    Several,
    /// It is a `static`.
    Static,
}

/// A string whose value is known.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) span: Span,
    /// The literal as it is written, when it is one.
    written: Option<String>,
}

/// Reads texts, and keeps which constants they were made of.
pub(super) struct Texts<'a> {
    constants: &'a Constants,
    pub(super) used: Vec<(Ident, String)>,
}

/// Why a text is not known, and where.
struct Unknown {
    span: Span,
    message: String,
    help: String,
}

impl Constants {
    /// Those of a file with this text.
    pub fn of_file(text: &str) -> Self {
        let mut constants = BTreeMap::new();
        for head in lexer::outline(text).heads {
            let declaration = format!("{};", head.text);
            let (name, constant) = if let Ok(item) = syn::parse_str::<ItemConst>(&declaration) {
                (item.ident, Constant::Value(item.expr))
            } else if let Ok(item) = syn::parse_str::<syn::ItemStatic>(&declaration) {
                (item.ident, Constant::Static)
            } else {
                continue;
            };
            constants
                .entry(name.to_string())
                .and_modify(|known| *known = Constant::Several)
                .or_insert(constant);
        }
        Self(constants)
    }
}

/// By their names.
impl fmt::Debug for Constants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Text {
    /// A mistake in a part of the text.
    pub(super) fn mistake(&self, mistake: PatternMistake) -> ProxyMistake {
        let at = mistake.at.clone();
        let carets = match &self.written {
            Some(written) => Carets::in_literal(written, at),
            None => Carets::in_value(&self.value, at),
        };
        ProxyMistake::in_pattern(mistake, self.span, carets)
    }
}

impl<'a> Texts<'a> {
    pub(super) fn new(constants: &'a Constants) -> Self {
        Self { constants, used: Vec::new() }
    }

    /// The value of an expression that stands in the attribute.
    pub(super) fn read(
        &mut self,
        expression: &Expr,
        mistakes: &mut Vec<ProxyMistake>,
    ) -> Option<Text> {
        let written = match expression {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.token().to_string()),
            _ => None,
        };
        match self.value(expression, &mut Vec::new()) {
            Ok(value) => Some(Text { value, span: expression.span(), written }),
            Err(Unknown { span, message, help }) => {
                mistakes.push(ProxyMistake::new(Code::AttributeValue, span, message, help));
                None
            }
        }
    }

    /// `inside` are the constants whose values are being read.
    fn value(&mut self, expression: &Expr, inside: &mut Vec<String>) -> Result<String, Unknown> {
        match expression {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.value()),
            Expr::Paren(inner) => self.value(&inner.expr, inside),
            Expr::Group(inner) => self.value(&inner.expr, inside),
            Expr::Macro(call) if call.mac.path.is_ident("concat") => {
                self.concatenated(&call.mac, inside)
            }
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) => self.constant(name, inside),
                None => Err(Unknown {
                    span: path.span(),
                    message: "a constant of another file is not seen here".to_owned(),
                    help: "declare it in this file, `const NAME: &str = \"…\";`, or write the text"
                        .to_owned(),
                }),
            },
            other => Err(Unknown {
                span: other.span(),
                message: "this text is not known when the app is compiled".to_owned(),
                help: "write a string, a constant of this file, or `concat!` of these".to_owned(),
            }),
        }
    }

    fn constant(&mut self, name: &Ident, inside: &mut Vec<String>) -> Result<String, Unknown> {
        let unknown = |message: String, help: String| Unknown { span: name.span(), message, help };
        let text = name.to_string();
        let value = match self.constants.0.get(&text) {
            Some(Constant::Value(value)) => value,
            Some(Constant::Several) => {
                return Err(unknown(
                    format!("`{name}` is declared more than once in this file"),
                    "which one is meant depends on the build; name the texts of all of them"
                        .to_owned(),
                ));
            }
            Some(Constant::Static) => {
                return Err(unknown(
                    format!(
                        "`{name}` is a static, whose value is not known when the app is compiled"
                    ),
                    format!("write `const {name}: &str = \"…\";`"),
                ));
            }
            None => {
                let names = self.constants.0.keys().map(String::as_str);
                let help = match suggest::nearest(&text, names) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => format!(
                        "declare it at the top level of this file: `const {name}: &str = \"…\";`"
                    ),
                };
                return Err(unknown(format!("there is no constant `{name}` in this file"), help));
            }
        };
        if inside.contains(&text) {
            return Err(unknown(
                format!("the value of `{name}` is `{name}` itself"),
                "give it a text".to_owned(),
            ));
        }
        inside.push(text);
        let constants = self.constants;
        let value = Texts::new(constants).value(value, inside);
        inside.pop();
        // Whatever is wrong stands elsewhere; the place of the attribute is the name.
        let value = value.map_err(|inner| {
            unknown(format!("the value of `{name}` is not known: {}", inner.message), inner.help)
        })?;
        if !self.used.iter().any(|(used, _)| used == name) {
            self.used.push((name.clone(), value.clone()));
        }
        Ok(value)
    }

    /// `concat!`, which takes any literal; here also a constant.
    fn concatenated(&mut self, call: &Macro, inside: &mut Vec<String>) -> Result<String, Unknown> {
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        let parts = parse.parse2(call.tokens.clone()).map_err(|error| Unknown {
            span: error.span(),
            message: format!("malformed `concat!`: {error}"),
            help: "write its parts with commas between them: `concat!(\"/v1\", \"/:path*\")`"
                .to_owned(),
        })?;
        let mut joined = String::new();
        for part in &parts {
            match part {
                Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
                    joined.push_str(number.base10_digits());
                }
                Expr::Lit(ExprLit { lit: Lit::Char(character), .. }) => {
                    joined.push(character.value());
                }
                Expr::Lit(ExprLit { lit: Lit::Bool(truth), .. }) => {
                    joined.push_str(if truth.value { "true" } else { "false" });
                }
                other => joined.push_str(&self.value(other, inside)?),
            }
        }
        Ok(joined)
    }
}
