//! `#[proxy]`: what its arguments and the signature below it mean.

mod arguments;
mod conditions;
mod constants;
mod literal;
mod mistake;
mod signature;
mod syntax;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenStream};
use syn::ItemFn;

use crate::{
    Code, Location, Mistake, lexer,
    path_pattern::{Condition, PathPattern},
};

pub use self::{
    constants::Constants,
    mistake::{Carets, ProxyMistake},
    signature::{bare_decision, is_next},
};

/// The proxy function, as its signature and its attribute describe it.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// How it takes part in a request.
    pub form: ProxyForm,
    /// Which requests it runs for; `None` for all of them (MT-01).
    pub matcher: Option<Vec<ProxyRule>>,
    /// Where an empty matcher stands, which runs for none of them (MT-02).
    pub never_runs: Option<Span>,
    /// Which paths it does not run for after all.
    pub exclude: Vec<PathPattern>,
    /// The constants that the patterns are made of, with the text that their file has for them.
    pub constants: Vec<(Ident, String)>,
}

/// An entry of `matcher`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyRule {
    /// Which paths are meant.
    pub source: PathPattern,
    /// What must hold.
    pub has: Vec<Condition>,
    /// What must not hold.
    pub missing: Vec<Condition>,
}

/// How a proxy takes part in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyForm {
    /// It sees the head and says what becomes of the request.
    Decide,
    /// It takes the request and `Next`, and gives the response.
    Around,
    /// `fn … -> impl bff::proxy::Proxy`: runs once at start, its value is the proxy.
    Factory,
}

impl Proxy {
    /// Reads the function below `#[proxy(…)]`; `arguments` are the tokens between the parentheses, `constants` those
    /// of the file that it stands in.
    pub fn read(
        function: &ItemFn,
        arguments: TokenStream,
        constants: &Constants,
        mistakes: &mut Vec<ProxyMistake>,
    ) -> Self {
        let mut proxy = Self {
            form: signature::form(function),
            matcher: None,
            never_runs: None,
            exclude: Vec::new(),
            constants: Vec::new(),
        };
        signature::check(function, proxy.form, mistakes);
        arguments::read(&mut proxy, arguments, constants, mistakes);
        proxy
    }

    /// True for the name of a file that may hold a proxy.
    pub fn is_file_name(name: &str) -> bool {
        matches!(name, "proxy.rs" | "middleware.rs")
    }

    /// Line and column of the first `#[proxy]` in a file with this text, counted from 1 in characters.
    pub fn first(text: &str) -> Option<(usize, usize)> {
        let heads = lexer::outline(text).heads;
        let attributes = heads.iter().flat_map(|head| &head.attributes);
        let (_, offset) = attributes.into_iter().find(|(name, _)| *name == "proxy")?;
        let Location { line, column, .. } = Location::at("", text, *offset);
        Some((line, column))
    }

    /// `#[proxy]` in another file.
    pub fn outside(file: &str, span: Span) -> Mistake {
        Mistake {
            code: Code::ProxyPlace,
            message: format!("`#[proxy]` has no meaning in `{file}`"),
            help: "put the function into `proxy.rs`, beside the app folder".to_owned(),
            span,
        }
    }
}
