use bff_tree::{MetadataAttribute, is_handler_attribute, metadata_elsewhere, metadata_function};
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::{
    attributed::Attributed,
    expand::{self, Listing},
    place::{self, MetadataFilePlace, MetadataPlace},
    report,
};

/// `#[bff::metadata::sitemap]` and its like: a handler of GET under another name.
pub(crate) fn metadata(name: &str, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let ours = |word: &str| MetadataAttribute::of(word).is_some() || is_handler_attribute(word);
    let mut read = match Attributed::read(name, arguments, item, ours) {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    let used = read.used();
    let place = place::of_metadata(Span::call_site());
    let attribute = MetadataAttribute::of(name);
    let (place, attribute) = match (place, attribute) {
        (MetadataPlace::File(place), Some(attribute)) if attribute.kind == place.name.kind => {
            (place, attribute)
        }
        (
            MetadataPlace::File(MetadataFilePlace { file, .. }) | MetadataPlace::Elsewhere(file),
            _,
        ) => {
            read.mistakes.extend(metadata_elsewhere(name, &file, read.name.span()));
            return read.refused();
        }
        (MetadataPlace::Nested, _) => return read.nested(),
        (MetadataPlace::Unknown, _) => return expand::refused_handler(&read.function, None),
    };
    let Attributed { function, attributes, mut mistakes, .. } = read;
    let required = attributes.require.clone();
    let of_file = (&place.name, &place.folder);
    let listed = place.list.is_some();
    let handler = metadata_function(&function.head, attributes, of_file, listed, &mut mistakes);
    let listing = Listing::of(attribute, &place);
    let expanded = if mistakes.is_empty() && function.has_body() {
        expand::metadata(&function, &handler, &required, &listing, place.skipped)
    } else {
        let errors = report::mistakes(&mistakes);
        let fallback = expand::refused_metadata(&function, &handler, attribute);
        quote! { #errors #fallback }
    };
    quote! { #expanded #used }
}
