use std::fmt;

use proc_macro2::Ident;
use syn::{Expr, ExprLit, ExprPath, Lit, spanned::Spanned};

use super::{
    AttributeArgs,
    keys::{set, twice, wrong},
};
use crate::{Mistake, quantity::NONE, suggest};

/// Requirements that have a name, and the function that each is.
const NAMED: [(&str, &str); 1] = [("user", "::bff::session::user")];

/// The function that a requirement is; `None` when there is none of this name.
pub(crate) fn requirement_named(name: &str) -> Option<&'static str> {
    NAMED.into_iter().find(|(known, _)| *known == name).map(|(_, path)| path)
}

/// The name that was probably meant.
pub(crate) fn nearest_requirement(name: &str) -> Option<&'static str> {
    suggest::nearest(name, NAMED.map(|(known, _)| known))
}

/// A function that a request has to satisfy, at its token.
#[derive(Clone)]
pub struct Requirement(pub syn::Path);

impl Requirement {
    /// `crate::auth::admin`, without the spaces that tokens have between them.
    pub(crate) fn text(&self) -> String {
        let names = self.0.segments.iter().map(|segment| segment.ident.to_string());
        names.collect::<Vec<_>>().join("::")
    }
}

impl fmt::Debug for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Requirement").field(&self.text()).finish()
    }
}

impl AttributeArgs {
    /// `require = "user"`, `require = admin`, or several of them in brackets.
    pub(super) fn required(&mut self, key: &Ident, value: &Expr) -> Result<(), Mistake> {
        if !self.require.is_empty() || self.policy.require.is_some() {
            return Err(twice(key));
        }
        if is_none(value) {
            // What rules require is theirs to know; the handler's own is a list of functions.
            return set(&mut self.policy.require, key, Ok(Vec::new()));
        }
        let items = match value {
            Expr::Array(array) => array.elems.iter().collect(),
            value => vec![value],
        };
        if items.is_empty() {
            let help = "name a function, or remove the key";
            return Err(wrong("`require` asks for nothing", help, value.span()));
        }
        self.require = items.into_iter().map(requirement).collect::<Result<_, _>>()?;
        Ok(())
    }
}

fn is_none(value: &Expr) -> bool {
    matches!(value, Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if text.value() == NONE)
}

fn requirement(value: &Expr) -> Result<Requirement, Mistake> {
    match value {
        Expr::Path(ExprPath { qself: None, path, .. }) => Ok(Requirement(path.clone())),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            let name = text.value();
            let path = requirement_named(&name).and_then(|path| syn::parse_str(path).ok());
            path.map(|path| Requirement(at(path, text.span()))).ok_or_else(|| {
                let help = match nearest_requirement(&name) {
                    _ if name == NONE => "`\"none\"` stands alone: `require = \"none\"`".into(),
                    Some(near) => format!("did you mean `\"{near}\"`?"),
                    None => "write `\"user\"`, or name a function of yours without quotes".into(),
                };
                wrong(format!("there is no requirement `\"{name}\"`"), help, text.span())
            })
        }
        _ => Err(wrong(
            "`require` names a function",
            "write `require = \"user\"`, or `require = admin` with an `async fn admin(…)` of yours",
            value.span(),
        )),
    }
}

/// What is wrong with the function is wrong where it is asked for.
fn at(mut path: syn::Path, span: proc_macro2::Span) -> syn::Path {
    for segment in &mut path.segments {
        segment.ident.set_span(span);
    }
    path
}
