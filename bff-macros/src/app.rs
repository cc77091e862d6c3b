use bff_tree::{Checked, Mistake, SourceTree, check};
use proc_macro2::{Span, TokenStream};

use crate::{
    expand::{self, Above},
    input::AppInput,
    place, report,
};

/// `bff::app!`: the app folder becomes modules, a router and typed paths.
pub(crate) fn app(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<AppInput>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    if place::is_call_nested() {
        let errors = report::mistakes(&[Mistake::nested_app(Span::call_site())]);
        let fallback = expand::app_without_a_tree();
        return quote::quote! { #errors #fallback };
    }
    let place = match place::of_app(&input) {
        Ok(place) => place,
        Err(tried) => return report::app_folder_missing(&input, &tried),
    };
    let source = SourceTree::from_dir(&place.folder);
    let above = Above {
        app: source.app.as_deref().map_or(0, |app| place.segments_above(app)),
        pages: source.pages.as_deref().map(|pages| place.segments_above(pages)),
    };
    let config_file = source.config_file().map(|path| expand::tracked(&place.module_path(path)));
    let app = match check(&source).into_valid() {
        Ok(tree) => expand::app(&input, &place, above, &tree, &source.absent()),
        Err(checked) => {
            let errors = report::diagnostics(checked.diagnostics.for_tree(), input.span());
            let Checked { tree, config, .. } = &checked;
            let fallback = expand::app_without_routes(&input, &place, above, tree, config);
            quote::quote! { #errors #fallback }
        }
    };
    let public = input.public.filter(|_| source.public_folder.is_none());
    let public = public.map(|(_, span)| report::public_folder_missing(span));
    quote::quote! { #config_file #public #app }
}
