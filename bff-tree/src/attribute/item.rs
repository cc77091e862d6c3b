use proc_macro2::{Ident, TokenStream};
use syn::{
    Expr, LitStr, Token, parenthesized,
    parse::{Parse, ParseStream},
    token::Paren,
};

/// One argument of a handler attribute.
pub(super) enum Item {
    Word(Ident),
    Text(LitStr),
    KeyValue(Ident, Box<Expr>),
    /// `key(…)`.
    List(Ident, TokenStream),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Self::Text);
        }
        let word: Ident = input.parse()?;
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            return Ok(Self::KeyValue(word, Box::new(input.parse()?)));
        }
        if input.peek(Paren) {
            let inner;
            parenthesized!(inner in input);
            return Ok(Self::List(word, inner.parse()?));
        }
        Ok(Self::Word(word))
    }
}
