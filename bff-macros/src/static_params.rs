use bff_tree::{Diagnostics, Mistake, RouteFile, RouteKind, StaticParams};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::{
    attributed, expand,
    function::Function,
    place::{self, HandlerPlace},
    report,
};

/// `#[bff::static_params]`: the function as it stands, and beside it what `app!` gives to the handlers of its file.
pub(crate) fn static_params(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let name = Ident::new("static_params", Span::call_site());
    let function = match attributed::function(&name, item) {
        Ok(function) => function,
        Err(refused) => return refused,
    };
    let pattern = match place::of_handler(name.span(), false) {
        HandlerPlace::Route { kind: RouteKind::App, pattern, .. } => pattern,
        HandlerPlace::Route { .. } => {
            return refused(&function, StaticParams::outside("pages/api", name.span()));
        }
        HandlerPlace::Elsewhere(file) => {
            return refused(&function, StaticParams::outside(&file, name.span()));
        }
        HandlerPlace::Nested => {
            return refused(&function, Mistake::nested_handler("static_params", name.span()));
        }
        HandlerPlace::Unknown => return expand::refused_static_params(&function),
    };
    let Some((file, text)) = place::file_and_text(name.span()) else {
        return expand::refused_static_params(&function);
    };
    // What is wrong with the rest of the file is told there.
    let file = RouteFile::read(&file, &text, &pattern, RouteKind::App, &mut Diagnostics::default());
    let is_this = |(listed, _): &(StaticParams, _)| function.head.sig.ident == listed.name;
    if !(file.static_params.is_empty() || file.static_params.iter().any(is_this)) {
        // A second one, which `app!` reports.
        return quote! { #[allow(dead_code)] #function };
    }
    let route = (&*file.handlers, &pattern);
    let mut mistakes = Vec::new();
    let listed = StaticParams::read(&function.head, &name, arguments, route, &mut mistakes);
    if mistakes.is_empty() && function.has_body() {
        let params = StaticParams::params(&file.handlers, &pattern);
        return expand::static_params(&function, &listed, &params);
    }
    let errors = report::mistakes(&mistakes);
    let refused = expand::refused_static_params(&function);
    quote! { #errors #refused }
}

/// A mistake so general that `app!` does not know of the function.
fn refused(function: &Function, mistake: Mistake) -> TokenStream {
    let errors = report::mistakes(&[mistake]);
    quote! { #errors #[allow(dead_code)] #function }
}
