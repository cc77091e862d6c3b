use proc_macro2::Span;
use syn::{
    Ident, LitStr, Token, Type,
    parse::{Parse, ParseStream},
    parse_quote,
};

/// The arguments of `bff::app!(state = T, dir = "…")`.
pub(crate) struct AppInput {
    /// The app's state; `()` unless it is named.
    pub(crate) state: Option<Type>,
    /// The app folder, when it is not `app` or `src/app`.
    pub(crate) dir: Option<LitStr>,
}

impl AppInput {
    pub(crate) fn state_type(&self) -> Type {
        self.state.clone().unwrap_or_else(|| parse_quote! { () })
    }

    /// Where mistakes of the tree are shown: the macro call, or the folder that it names.
    pub(crate) fn span(&self) -> Span {
        self.dir.as_ref().map_or_else(Span::call_site, LitStr::span)
    }
}

/// What there is to write.
const ARGUMENTS: &str = "write `bff::app!(state = AppState, dir = \"app\")`; both are optional";

impl Parse for AppInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments = Self { state: None, dir: None };
        while !input.is_empty() {
            if !input.peek(Ident) {
                return Err(input.error(format!(
                    "`app!` takes `key = value` arguments\n  = help: {ARGUMENTS}"
                )));
            }
            let key: Ident = input.parse()?;
            let twice = syn::Error::new(
                key.span(),
                format!("`{key}` is given twice\n  = help: remove one of them"),
            );
            if key == "state" {
                input.parse::<Token![=]>()?;
                if arguments.state.replace(input.parse()?).is_some() {
                    return Err(twice);
                }
            } else if key == "dir" {
                input.parse::<Token![=]>()?;
                if arguments.dir.replace(input.parse()?).is_some() {
                    return Err(twice);
                }
            } else {
                return Err(syn::Error::new(
                    key.span(),
                    format!("`app!` has no argument `{key}`\n  = help: {ARGUMENTS}"),
                ));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arguments)
    }
}
