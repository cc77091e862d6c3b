use bff_tree::{Argument, AttributeArgs, Code, Handler, Mistake, is_handler_attribute};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{ItemFn, Meta, spanned::Spanned};

use crate::{
    expand,
    place::{self, HandlerPlace},
    report,
};

/// The argument of an attribute that another one on the same function has spoken for.
const SPOKEN_FOR: &str = "__bff_spoken_for";

/// `#[bff::get]` and its like: the function as it stands, and beside it the entry that `app!` names.
pub(crate) fn handler(name: &str, arguments: TokenStream, item: TokenStream) -> TokenStream {
    if arguments.to_string() == SPOKEN_FOR {
        return item;
    }
    let name = Ident::new(name, Span::call_site());
    let mut function = match syn::parse2::<ItemFn>(item.clone()) {
        Ok(function) => function,
        Err(_) => return not_a_function(&name, item),
    };
    let mut mistakes = Vec::new();
    let mut attributes = AttributeArgs::default();
    attributes.add(&name, arguments, &mut mistakes);
    take_further_attributes(&mut function, &mut attributes, &mut mistakes);

    let pattern = match place::of_handler(Span::call_site()) {
        HandlerPlace::Route(pattern) => pattern,
        HandlerPlace::Elsewhere(file) => {
            mistakes.push(outside_route_file(&name, &file));
            return refused(&function, &mistakes);
        }
        HandlerPlace::Unknown => return expand::refused_handler(&function, &[]),
    };
    let handler = Handler::read(&function, attributes, &pattern, &mut mistakes);
    if mistakes.is_empty() {
        expand::handler(&function, &handler)
    } else {
        let errors = report::mistakes(&mistakes);
        let fallback = expand::refused_handler(&function, &params(&handler));
        quote! { #errors #fallback }
    }
}

/// Several handler attributes may stand on one function; the first one speaks for all.
///
/// The others stay, marked, and do nothing: removed, they would leave an unused import behind.
fn take_further_attributes(function: &mut ItemFn, attributes: &mut AttributeArgs, mistakes: &mut Vec<Mistake>) {
    for attribute in &mut function.attrs {
        let path = attribute.path().clone();
        let Some(last) = path.segments.last().filter(|last| is_handler_attribute(&last.ident.to_string())) else { continue };
        let arguments = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) => TokenStream::new(),
            Meta::NameValue(pair) => pair.value.to_token_stream(),
        };
        attributes.add(&last.ident, arguments, mistakes);
        let spoken_for = Ident::new(SPOKEN_FOR, Span::call_site());
        attribute.meta = syn::parse_quote! { #path(#spoken_for) };
    }
}

fn params(handler: &Handler) -> Vec<&str> {
    handler
        .arguments
        .iter()
        .filter_map(|argument| match argument {
            Argument::Param { segment, .. } => segment.param().map(|param| &*param.argument),
            Argument::Extractor => None,
        })
        .collect()
}

/// A mistake so general that nothing can stand in for the handler.
fn refused(function: &ItemFn, mistakes: &[Mistake]) -> TokenStream {
    let errors = report::mistakes(mistakes);
    quote! { #errors #[allow(dead_code, reason = "refused as a handler")] #function }
}

fn not_a_function(name: &Ident, item: TokenStream) -> TokenStream {
    // A function that does not parse is rustc's to report; it gets the tokens back.
    let is_function = item.clone().into_iter().any(|token| matches!(token, proc_macro2::TokenTree::Ident(word) if word == "fn"))
        && !item.clone().into_iter().any(|token| matches!(token, proc_macro2::TokenTree::Ident(word) if word == "impl" || word == "mod" || word == "trait"));
    if is_function {
        return item;
    }
    let errors = report::mistakes(&[Mistake {
        code: Code::NotAFunction,
        message: format!("`#[{name}]` stands on something that is not a function"),
        help: "put it on a function".to_owned(),
        span: item.span(),
    }]);
    quote! { #errors #item }
}

fn outside_route_file(name: &Ident, file: &str) -> Mistake {
    Mistake {
        code: Code::OutsideRouteFile,
        message: format!("`#[{name}]` has no meaning in `{file}`"),
        help: "put the handler into a `route.rs` of the app folder; its folder is its URL".to_owned(),
        span: name.span(),
    }
}
