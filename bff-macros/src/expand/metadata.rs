//! The functions of metadata files.

use bff_tree::{Handler, MetadataAttribute, MetadataKind, Requirement, RouteKind};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ReturnType, Type};

use super::{
    call::Called,
    handler::{Disguise, disguised, entry_ident, info, refused_handler, url_arguments},
    requirements,
};
use crate::{function::Function, place::MetadataFilePlace};

/// What a metadata function has to do with a list of ids.
pub(crate) struct Listing {
    kind: MetadataKind,
    /// It makes the list.
    pub(super) lists: bool,
    /// It makes what one of these ids stands for.
    pub(super) each: Option<Each>,
}

/// One of several.
pub(super) struct Each {
    /// The constant that the list's attribute emits.
    pub(super) list: Ident,
    /// The segment that the id is in.
    pub(super) index: usize,
    /// What follows it there.
    pub(super) suffix: &'static str,
    /// Its path has no other param.
    pub(super) is_only_param: bool,
}

impl Listing {
    pub(crate) fn of(attribute: MetadataAttribute, place: &MetadataFilePlace) -> Self {
        let MetadataAttribute { kind, lists } = attribute;
        let each = place.list.as_deref().filter(|_| !lists).map(|list| Each {
            list: list_ident(list),
            index: place.skipped + place.folder.segments().len() + 1,
            suffix: if kind == MetadataKind::Sitemap { ".xml" } else { "" },
            is_only_param: place.folder.params().next().is_none(),
        });
        Self { kind, lists, each }
    }
}

/// A metadata function as it stands, with what `app!` names. One that lists ids, and the entry of its index where
/// there is one:
///
/// ```text
/// pub const __bff_list_parts: List<super::__BffState> = {
///     fn __run(__request: Request, __state: &Arc<super::__BffState>) -> IdsFuture { … }
///     List { ids: __run, needs_axum: false, reads: Reads::NOTHING }
/// };
/// pub const __bff_parts: Entry<super::__BffState> = {
///     fn __run(__request: Request, __state: &Arc<super::__BffState>) -> HandlerFuture {
///         index(__request, __state, __bff_list_parts.ids)
///     }
///     Entry::function(HandlerInfo::new("parts", &["GET"], "…"), __bff_list_parts.needs_axum, __run)
/// };
/// ```
///
/// Every other is a [handler](super::handler()) whose response is finished.
pub(crate) fn metadata(
    function: &Function,
    handler: &Handler,
    required: &[Requirement],
    listing: &Listing,
    skipped: usize,
) -> TokenStream {
    if !listing.lists {
        let content_type =
            handler.image.content_type.as_deref().unwrap_or(listing.kind.content_type());
        let each = listing.each.as_ref();
        // Those of an index are not split: an index lists no other.
        let splits = listing.kind == MetadataKind::Sitemap && each.is_none();
        let disguise = Disguise { content_type, each, splits };
        return disguised(function, handler, required, skipped, disguise);
    }
    let as_it_stands = function;
    let list = list(function, handler, skipped);
    let index = (listing.kind == MetadataKind::Sitemap).then(|| index(function, handler, required));
    quote! { #as_it_stands #list #index }
}

/// What stands in for one with mistakes.
pub(crate) fn refused_metadata(
    function: &Function,
    handler: &Handler,
    attribute: MetadataAttribute,
) -> TokenStream {
    let refused = refused_handler(function, Some(handler));
    let list = attribute.lists.then(|| {
        let name = list_ident(&function.head.sig.ident.to_string());
        quote! {
            #[doc(hidden)]
            #[allow(non_upper_case_globals, unreachable_pub, dead_code)]
            pub const #name: ::bff::__private::metadata::List<super::__BffState> =
                ::bff::__private::metadata::List {
                    ids: |_, _| ::bff::__private::Box::pin(async { ::bff::__private::Result::Ok(::bff::__private::Vec::new()) }),
                    needs_axum: false,
                    reads: ::bff::__private::cache::Reads::NOTHING,
                };
        }
    });
    quote! { #refused #list }
}

fn list(function: &Function, handler: &Handler, skipped: usize) -> TokenStream {
    let head = &function.head;
    let called = Called::new(head, handler, skipped, RouteKind::Metadata, None);
    let Called { state, prepared, probe, needs_axum, call, returned, extracted } = &called;
    let value = if returns_result(&head.sig.output) {
        quote_spanned! { *returned =>
            match #call {
                ::bff::__private::Result::Ok(__ids) => __ids,
                ::bff::__private::Result::Err(__error) => {
                    return ::bff::__private::Result::Err(::bff::__private::IntoReply::into_reply(__error));
                }
            }
        }
    } else {
        call.clone()
    };
    let listed = quote_spanned! { *returned => ::bff::__private::metadata::ids(#value) };
    let name = list_ident(&head.sig.ident.to_string());
    let future = quote_spanned! { head.sig.ident.span() =>
        ::bff::__private::Box::pin(async move { #prepared ::bff::__private::Result::Ok(#listed) })
    };
    quote! {
        #[doc(hidden)]
        #[allow(non_upper_case_globals, unreachable_pub, dead_code, clippy::result_large_err)]
        pub const #name: ::bff::__private::metadata::List<super::__BffState> = {
            fn __run(
                __request: ::bff::__private::Request,
                __state: &::bff::__private::Arc<super::__BffState>,
            ) -> ::bff::__private::metadata::IdsFuture {
                #state
                #future
            }
            #probe
            ::bff::__private::metadata::List {
                ids: __run,
                needs_axum: #needs_axum,
                reads: ::bff::__private::cache::Reads::NOTHING
                    #(.and(::bff::__private::Probe::<#extracted>::READS))*,
            }
        };
    }
}

fn index(function: &Function, handler: &Handler, required: &[Requirement]) -> TokenStream {
    let entry = entry_ident(&function.head.sig.ident);
    let list = list_ident(&function.head.sig.ident.to_string());
    let info = info(&function.head, handler);
    let value = quote! {
        fn __run(
            __request: ::bff::__private::Request,
            __state: &::bff::__private::Arc<super::__BffState>,
        ) -> ::bff::__private::HandlerFuture {
            ::bff::__private::metadata::index(__request, __state, #list.ids)
        }
        ::bff::__private::Entry::function(#info, #list.needs_axum, __run)
    };
    let value = requirements::behind(required, value);
    let url_arguments = url_arguments(&function.head, handler, &entry);
    quote! {
        #[doc(hidden)]
        #[allow(non_upper_case_globals, unreachable_pub)]
        pub const #entry: ::bff::__private::Entry<super::__BffState> = { #value };
        #url_arguments
    }
}

fn list_ident(function: &str) -> Ident {
    format_ident!("__bff_list_{}", function.trim_start_matches("r#"))
}

/// A list may fail. A result iterates too, over what is no id, so its type is known by its name.
fn returns_result(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    let Type::Path(path) = &**ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Result")
}
