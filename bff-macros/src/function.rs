use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    ItemFn,
    parse::{Parse, ParseStream},
};

/// A function under a handler attribute. Its body is never looked at: parsing every body and handing it back
/// token by token would be a good part of an app's build, and what is wrong in one is rustc's to report.
pub(crate) struct Function {
    /// The function with an empty body.
    pub(crate) head: ItemFn,
    body: TokenTree,
}

impl Function {
    /// False for a function that ends with `;`.
    pub(crate) fn has_body(&self) -> bool {
        matches!(self.body, TokenTree::Group(_))
    }
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut tokens: Vec<TokenTree> = input.parse::<TokenStream>()?.into_iter().collect();
        let body = tokens.pop().filter(may_be_meant_as_body);
        let body = body.ok_or_else(|| input.error("expected a body"))?;
        tokens.push(TokenTree::Group(Group::new(Delimiter::Brace, TokenStream::new())));
        let head = syn::parse2(tokens.into_iter().collect())?;
        Ok(Self { head, body })
    }
}

/// Braces with anything in them, or the `;` of a function that has no body.
fn may_be_meant_as_body(last: &TokenTree) -> bool {
    match last {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    }
}

/// The function as its author wrote it, without the attributes that were taken off.
impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for attribute in &self.head.attrs {
            attribute.to_tokens(tokens);
        }
        self.head.vis.to_tokens(tokens);
        self.head.sig.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_comes_back_as_it_was_whatever_its_body_is() {
        for text in [
            "fn f () { }",
            "# [doc = \"x\"] pub async fn f (id : u64) -> String { # ! [allow (unused)] id . to_string () }",
            "async fn f () { let = ; }",
            "fn f () ;",
        ] {
            let function: Function = syn::parse_str(text).expect(text);
            assert_eq!(function.to_token_stream().to_string(), text);
            assert_eq!(function.has_body(), !text.ends_with(';'), "{text}");
        }
        for text in ["", "struct S { }", "const C : u8 = 1 ;", "f ! { }", "fn f ()", "use a ;"] {
            assert!(syn::parse_str::<Function>(text).is_err(), "{text}");
        }
    }
}
