use bff_tree::{Constants, Mistake, Proxy};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ItemFn;

use crate::{expand, place, report};

/// `#[bff::proxy]`: the function as it stands, and beside it the entry that `app!` names.
pub(crate) fn proxy(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let Ok(function) = syn::parse2::<ItemFn>(item.clone()) else {
        // A function that does not parse is rustc's to report; it gets the tokens back.
        let errors = report::mistakes(Mistake::not_a_function("proxy", item.clone()).as_slice());
        let refused = expand::refused_proxy();
        return quote! { #errors #item #refused };
    };
    let mut mistakes = Vec::new();
    let span = Span::call_site();
    let Some((file, text)) = place::file_and_text(span) else {
        let refused = expand::refused_proxy();
        return quote! { #[allow(dead_code)] #function #refused };
    };
    if !Proxy::is_file_name(&file) {
        let errors = report::mistakes(&[Proxy::outside(&file, span)]);
        return quote! { #errors #[allow(dead_code)] #function };
    }
    if place::is_after(span, Proxy::first(&text)) {
        // A second one, which `app!` reports.
        return quote! { #[allow(dead_code)] #function };
    }
    let proxy = Proxy::read(&function, arguments, &Constants::of_file(&text), &mut mistakes);
    if mistakes.is_empty() {
        return expand::proxy(&function, &proxy, &file);
    }
    let errors = report::proxy_mistakes(&mistakes);
    let refused = expand::refused_proxy();
    // A free `self` is an error of its own.
    let function = function.sig.receiver().is_none().then(|| expand::decided(function));
    let function = function.map(|function| quote! { #[allow(dead_code)] #function });
    quote! { #errors #function #refused }
}
