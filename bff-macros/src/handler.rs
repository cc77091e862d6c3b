use bff_tree::{AttributeArgs, Code, Handler, Mistake, is_handler_attribute, metadata_elsewhere};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{ItemFn, Meta};

use crate::{
    expand,
    function::Function,
    place::{self, HandlerPlace},
    report,
};

/// `#[bff::get]` and its like: the function as it stands, and beside it the entry that `app!` names.
pub(crate) fn handler(name: &str, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    let Ok(mut function) = syn::parse2::<Function>(item.clone()) else {
        return not_a_function(&name, item);
    };
    let mut mistakes = Vec::new();
    let mut attributes = AttributeArgs::default();
    attributes.add(&name, arguments, &mut mistakes);
    let ours = is_handler_attribute;
    let further = take_further_attributes(&mut function.head, ours, &mut attributes, &mut mistakes);

    let (kind, pattern, skipped) = match place::of_handler(Span::call_site(), name == "api") {
        HandlerPlace::Route { kind, pattern, skipped } => (kind, pattern, skipped),
        HandlerPlace::Nested => {
            let errors =
                report::mistakes(&[Mistake::nested_handler(&name.to_string(), name.span())]);
            return quote! { #errors #function };
        }
        HandlerPlace::Elsewhere(file) => {
            mistakes.push(outside_route_file(&name, &file));
            return refused(&function, &mistakes);
        }
        HandlerPlace::Unknown => return expand::refused_handler(&function, None),
    };
    let names = [&name]
        .into_iter()
        .chain(further.iter().filter_map(|path| Some(&path.segments.last()?.ident)));
    if let Some(mistake) = names
        .into_iter()
        .find_map(|name| Mistake::of_the_other_kind(&name.to_string(), kind, name.span()))
    {
        // `app!` does not name the handler then.
        mistakes.push(mistake);
        let refused = refused(&function, &mistakes);
        let used = expand::used_attributes(&further);
        return quote! { #refused #used };
    }
    let required = attributes.require.clone();
    let handler = Handler::read(&function.head, attributes, &pattern, &mut mistakes);
    let expanded = if mistakes.is_empty() && function.has_body() {
        expand::handler(&function, &handler, &required, skipped, kind)
    } else {
        let errors = report::mistakes(&mistakes);
        let fallback = expand::refused_handler(&function, Some(&handler));
        quote! { #errors #fallback }
    };
    let used = expand::used_attributes(&further);
    quote! { #expanded #used }
}

/// Several handler attributes may stand on one function; the first one speaks for all. Gives the others.
pub(crate) fn take_further_attributes(
    function: &mut ItemFn,
    ours: impl Fn(&str) -> bool,
    attributes: &mut AttributeArgs,
    mistakes: &mut Vec<Mistake>,
) -> Vec<syn::Path> {
    let mut further = Vec::new();
    function.attrs.retain(|attribute| {
        let Some(last) = attribute.path().segments.last() else { return true };
        if !ours(&last.ident.to_string()) {
            return true;
        }
        let arguments = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) => TokenStream::new(),
            Meta::NameValue(pair) => pair.value.to_token_stream(),
        };
        attributes.add(&last.ident, arguments, mistakes);
        further.push(attribute.path().clone());
        false
    });
    further
}

/// A mistake so general that nothing can stand in for the handler.
pub(crate) fn refused(function: &Function, mistakes: &[Mistake]) -> TokenStream {
    let errors = report::mistakes(mistakes);
    quote! { #errors #[allow(dead_code, reason = "refused as a handler")] #function }
}

pub(crate) fn not_a_function(name: &Ident, item: TokenStream) -> TokenStream {
    // A function that does not parse is rustc's to report; it gets the tokens back.
    let errors =
        report::mistakes(Mistake::not_a_function(&name.to_string(), item.clone()).as_slice());
    quote! { #errors #item }
}

fn outside_route_file(name: &Ident, file: &str) -> Mistake {
    if let Some(mistake) = metadata_elsewhere(&name.to_string(), file, name.span()) {
        return mistake;
    }
    Mistake {
        code: Code::OutsideRouteFile,
        message: format!("`#[{name}]` has no meaning in `{file}`"),
        help: if name == "api" {
            "put the function into a file below `pages/api`, beside the app folder; its path is its URL"
        } else {
            "put the handler into a `route.rs` of the app folder; its folder is its URL"
        }
        .to_owned(),
        span: name.span(),
    }
}
