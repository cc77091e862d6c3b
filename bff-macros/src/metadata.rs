use bff_tree::{
    AttributeArgs, MetadataAttribute, Mistake, is_handler_attribute, metadata_elsewhere,
    metadata_function,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::{
    expand::{self, Listing},
    function::Function,
    handler::{not_a_function, refused, take_further_attributes},
    place::{self, MetadataPlace},
    report,
};

/// `#[bff::metadata::sitemap]` and its like: a handler of GET under another name.
pub(crate) fn metadata(name: &str, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    let Ok(mut function) = syn::parse2::<Function>(item.clone()) else {
        return not_a_function(&name, item);
    };
    let mut mistakes = Vec::new();
    let mut attributes = AttributeArgs::default();
    attributes.add(&name, arguments, &mut mistakes);
    let ours = |word: &str| MetadataAttribute::of(word).is_some() || is_handler_attribute(word);
    let further = take_further_attributes(&mut function.head, ours, &mut attributes, &mut mistakes);
    let used = expand::used_attributes(&further);

    let attribute = MetadataAttribute::of(&name.to_string());
    let elsewhere = |file: &str| metadata_elsewhere(&name.to_string(), file, name.span());
    let place = match place::of_metadata(Span::call_site()) {
        MetadataPlace::File(place) => place,
        MetadataPlace::Nested => {
            let errors =
                report::mistakes(&[Mistake::nested_handler(&name.to_string(), name.span())]);
            return quote! { #errors #function };
        }
        MetadataPlace::Elsewhere(file) => {
            mistakes.extend(elsewhere(&file));
            let refused = refused(&function, &mistakes);
            return quote! { #refused #used };
        }
        MetadataPlace::Unknown => return expand::refused_handler(&function, None),
    };
    let Some(attribute) = attribute.filter(|attribute| attribute.kind == place.name.kind) else {
        mistakes.extend(elsewhere(&place.file));
        let refused = refused(&function, &mistakes);
        return quote! { #refused #used };
    };
    let required = attributes.require.clone();
    let of_file = (&place.name, &place.folder);
    let listed = place.list.is_some();
    let handler = metadata_function(&function.head, attributes, of_file, listed, &mut mistakes);
    let is_fine = mistakes.is_empty() && function.has_body();
    let listing = Listing::of(attribute, &place);
    let expanded = if is_fine {
        expand::metadata(&function, &handler, &required, &listing, place.skipped)
    } else {
        let errors = report::mistakes(&mistakes);
        let fallback = expand::refused_metadata(&function, &handler, attribute);
        quote! { #errors #fallback }
    };
    quote! { #expanded #used }
}
