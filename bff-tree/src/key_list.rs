//! `key(a = "…", b = ["…"])`: the keys of a policy in the attribute of a handler, and what may stand behind one.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Expr, ExprArray, ExprLit, Lit, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{Code, Mistake, suggest};

/// The keys between the parentheses, each once, with those that are none reported.
pub(crate) struct KeyList {
    fields: Vec<Field>,
}

/// The keys that there can be.
pub(crate) struct Known {
    /// What has them: `cors`.
    pub(crate) of: &'static str,
    pub(crate) keys: &'static [&'static str],
    /// What other stacks call a key, and what to do instead.
    pub(crate) elsewhere: &'static [(&'static str, &'static str)],
    /// One that is right.
    pub(crate) example: &'static str,
}

struct Field {
    key: Ident,
    value: Expr,
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any)?;
        input.parse::<Token![=]>()?;
        Ok(Self { key, value: input.parse()? })
    }
}

impl KeyList {
    /// Reads what stands between the parentheses. `None` when that cannot be read.
    pub(crate) fn parse(
        tokens: TokenStream,
        known: &Known,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Self> {
        let parsed = Punctuated::<Field, Token![,]>::parse_terminated.parse2(tokens);
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                let message = format!("malformed keys of `{}`: {error}", known.of);
                mistakes.push(wrong(message, format!("write `{}`", known.example), error.span()));
                return None;
            }
        };
        let mut fields: Vec<Field> = Vec::new();
        for field in parsed {
            let name = field.key.to_string();
            if !known.keys.contains(&&*name) {
                mistakes.push(unknown(&field.key, &name, known));
            } else if fields.iter().any(|other| other.key == field.key) {
                let message = format!("`{name}` is given twice");
                mistakes.push(wrong(message, "remove one of them".to_owned(), field.key.span()));
            } else {
                fields.push(field);
            }
        }
        Some(Self { fields })
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Expr> {
        self.fields.iter().find(|field| field.key == key).map(|field| &field.value)
    }

    /// A text, if it is there and one.
    pub(crate) fn text(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<(String, Span)> {
        let value = self.get(key)?;
        let text = text(value);
        if text.is_none() {
            let message = format!("`{key}` is a string");
            mistakes.push(wrong(message, format!("write `{key} = \"…\"`"), value.span()));
        }
        text
    }

    /// Texts, or one.
    pub(crate) fn texts(
        &self,
        key: &str,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Vec<(String, Span)>> {
        texts(key, self.get(key)?, mistakes)
    }

    /// True or false, if it is there and one.
    pub(crate) fn boolean(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<(bool, Span)> {
        let value = self.get(key)?;
        let boolean = boolean(value);
        if boolean.is_none() {
            let message = format!("`{key}` is true or false");
            mistakes.push(wrong(message, format!("write `{key} = true`"), value.span()));
        }
        boolean.map(|boolean| (boolean, value.span()))
    }
}

/// The texts of a value, which must be one or a list of them.
pub(crate) fn texts(
    key: &str,
    value: &Expr,
    mistakes: &mut Vec<Mistake>,
) -> Option<Vec<(String, Span)>> {
    if let Some(text) = text(value) {
        return Some(vec![text]);
    }
    let Expr::Array(ExprArray { elems, .. }) = value else {
        let message = format!("`{key}` is a string or a list of strings");
        mistakes.push(wrong(message, format!("write `{key} = [\"…\"]`"), value.span()));
        return None;
    };
    let before = mistakes.len();
    let mut found = Vec::new();
    for item in elems {
        match text(item) {
            Some(text) => found.push(text),
            None => {
                let message = format!("an item of `{key}` is a string");
                mistakes.push(wrong(message, "write it in quotes".to_owned(), item.span()));
            }
        }
    }
    // A list that has nothing in it is one; of a list that could not be read it is told already.
    (mistakes.len() == before || !found.is_empty()).then_some(found)
}

pub(crate) fn text(value: &Expr) -> Option<(String, Span)> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some((text.value(), text.span())),
        _ => None,
    }
}

pub(crate) fn boolean(value: &Expr) -> Option<bool> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Bool(boolean), .. }) => Some(boolean.value()),
        _ => None,
    }
}

pub(crate) fn wrong(message: String, help: String, span: Span) -> Mistake {
    Mistake { code: Code::AttributeValue, message, help, span }
}

fn unknown(key: &Ident, name: &str, known: &Known) -> Mistake {
    let elsewhere = known.elsewhere.iter().find(|(other, _)| *other == name);
    let help = match (elsewhere, suggest::nearest(name, known.keys.iter().copied())) {
        (Some((_, help)), _) => (*help).to_owned(),
        (None, Some(nearest)) => format!("did you mean `{nearest}`?"),
        (None, None) => format!("there are `{}`", known.keys.join("`, `")),
    };
    Mistake {
        code: Code::UnknownKey,
        message: format!("`{}` has no key `{name}`", known.of),
        help,
        span: key.span(),
    }
}
