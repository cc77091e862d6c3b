use bff_tree::{Code, Handler, Mistake, is_handler_attribute, metadata_elsewhere};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::{
    attributed::Attributed,
    expand,
    place::{self, HandlerPlace},
    report,
};

/// `#[bff::get]` and its like: the function as it stands, and beside it the entry that `app!` names.
pub(crate) fn handler(name: &str, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut read = match Attributed::read(name, arguments, item, is_handler_attribute) {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    let (kind, pattern, skipped) = match place::of_handler(Span::call_site(), name == "api") {
        HandlerPlace::Route { kind, pattern, skipped } => (kind, pattern, skipped),
        HandlerPlace::Nested => return read.nested(),
        HandlerPlace::Elsewhere(file) => {
            read.mistakes.push(outside_route_file(&read.name, &file));
            return read.refused();
        }
        HandlerPlace::Unknown => return expand::refused_handler(&read.function, None),
    };
    let used = read.used();
    let further = read.further.iter().filter_map(|path| Some(&path.segments.last()?.ident));
    let of_other_kind = [&read.name]
        .into_iter()
        .chain(further)
        .find_map(|name| Mistake::of_the_other_kind(&name.to_string(), kind, name.span()));
    if let Some(mistake) = of_other_kind {
        // `app!` does not name the handler then.
        read.mistakes.push(mistake);
        return read.refused();
    }
    let Attributed { function, attributes, mut mistakes, .. } = read;
    let required = attributes.require.clone();
    let handler = Handler::read(&function.head, attributes, &pattern, &mut mistakes);
    let expanded = if mistakes.is_empty() && function.has_body() {
        expand::handler(&function, &handler, &required, skipped, kind)
    } else {
        let errors = report::mistakes(&mistakes);
        let fallback = expand::refused_handler(&function, Some(&handler));
        quote! { #errors #fallback }
    };
    quote! { #expanded #used }
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
