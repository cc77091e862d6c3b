use proc_macro2::Ident;
use syn::{
    Expr, LitStr, Token,
    parse::{Parse, ParseStream},
};

/// One argument of a handler attribute.
pub(super) enum Item {
    Word(Ident),
    Text(LitStr),
    KeyValue(Ident, Box<Expr>),
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
        Ok(Self::Word(word))
    }
}
