//! The arguments of `#[proxy]` as they are written: keys and values, nothing checked.

use quote::ToTokens;
use syn::{
    Expr, Ident, Token, braced, bracketed,
    ext::IdentExt,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    token::{Brace, Bracket},
};

/// `key = value`.
#[derive(Clone)]
pub(super) struct Field {
    pub(super) key: Ident,
    pub(super) value: Value,
}

/// What may stand behind a key. Lists and tables are written as in `bff.toml`, so that a rule is the same text in
/// both places.
#[derive(Clone)]
pub(super) enum Value {
    /// A string, or something that may stand for one.
    Text(Box<Expr>),
    List(Bracket, Vec<Value>),
    Table(Brace, Vec<Field>),
}

/// All arguments.
pub(super) struct Fields(pub(super) Vec<Field>);

impl Parse for Fields {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self(listed(input)?))
    }
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // `type` is a key.
        let key = input.call(Ident::parse_any)?;
        if input.peek(Token![:]) {
            return Err(input.error(format!("`{key}` is followed by `=`, as in `bff.toml`")));
        }
        input.parse::<Token![=]>()?;
        Ok(Self { key, value: input.parse()? })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let inner;
        if input.peek(Bracket) {
            let bracket = bracketed!(inner in input);
            return Ok(Self::List(bracket, listed(&inner)?));
        }
        if input.peek(Brace) {
            let brace = braced!(inner in input);
            return Ok(Self::Table(brace, listed(&inner)?));
        }
        Ok(Self::Text(Box::new(input.parse()?)))
    }
}

fn listed<T: Parse>(input: ParseStream<'_>) -> syn::Result<Vec<T>> {
    Ok(Punctuated::<T, Token![,]>::parse_terminated(input)?.into_iter().collect())
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match self {
            Self::Text(text) => text.to_tokens(tokens),
            // The brackets are the place of the whole; nobody prints the rest.
            Self::List(bracket, _) => bracket.surround(tokens, |_| {}),
            Self::Table(brace, _) => brace.surround(tokens, |_| {}),
        }
    }
}
