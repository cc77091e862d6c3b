//! A function, called with arguments that are taken from a request.

use bff_tree::{Argument, Handler, HandlerForm, RouteKind, Segment};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{FnArg, ItemFn, ReturnType, Type, spanned::Spanned};

use super::metadata::Each;

/// A function with its arguments, taken from a request.
pub(super) struct Called<'f> {
    /// Takes hold of the state, for a function that needs it.
    pub(super) state: Option<TokenStream>,
    /// Takes the arguments out of the request.
    pub(super) prepared: TokenStream,
    /// What `needs_axum`, and what is asked of `extracted`, needs in scope.
    pub(super) probe: Option<TokenStream>,
    /// Whether an argument may look at what only axum's router knows.
    pub(super) needs_axum: TokenStream,
    /// The call, awaited.
    pub(super) call: TokenStream,
    /// Where a value of a wrong type is blamed: at the return type.
    pub(super) returned: Span,
    /// The types of the arguments that are no params.
    pub(super) extracted: Vec<&'f Type>,
}

impl<'f> Called<'f> {
    pub(super) fn new(
        function: &'f ItemFn,
        handler: &Handler,
        skipped: usize,
        kind: RouteKind,
        each: Option<&Each>,
    ) -> Self {
        let above = match kind {
            RouteKind::App | RouteKind::Metadata => quote! { super::__BFF_ABOVE },
            RouteKind::Pages => quote! { super::__BFF_ABOVE_PAGES },
        };
        let name = &function.sig.ident;
        let types = types(function);
        let arguments: Vec<Ident> =
            (0..types.len()).map(|index| format_ident!("__{index}")).collect();

        let params = handler.arguments.iter().zip(&arguments).zip(&types).filter_map(
            |((argument, local), ty)| match argument {
                Argument::Param { index, segment } => {
                    let index = skipped + index;
                    let of_id = each.filter(|each| each.index == index);
                    let index = quote! { #index.wrapping_sub(#above) };
                    Some(match of_id {
                        Some(Each { suffix, .. }) => quote! {
                            let #local = ::bff::__private::metadata::id::<#ty>(__request.uri(), #index, #suffix)?;
                        },
                        None => param(local, ty, index, segment, handler.invalid_param),
                    })
                }
                Argument::Extractor => None,
            },
        );
        let extracted: Vec<(&Ident, &&Type)> = handler
            .arguments
            .iter()
            .zip(arguments.iter().zip(&types))
            .filter_map(|(argument, local)| {
                matches!(argument, Argument::Extractor).then_some(local)
            })
            .collect();
        // Only what is listed is asked for.
        let listed = each.map(|Each { list, index, suffix, .. }| {
            quote! {
                let __request = ::bff::__private::metadata::listed(
                    __request, &__state, #list.ids, #index.wrapping_sub(#above), #suffix,
                ).await?;
            }
        });
        // A handler that extracts nothing has no use for the state.
        let state = (!extracted.is_empty() || listed.is_some())
            .then(|| quote! { let __state = ::bff::__private::Arc::clone(__state); });
        let extractors = extractors(&extracted);
        let probed = extracted.iter().map(|(_, ty)| ty);
        let probe = (!extracted.is_empty())
            .then(|| quote! { #[allow(unused_imports)] use ::bff::__private::{NeedsAxum as _, NotKeyed as _}; });
        let list = each.map(|Each { list, .. }| quote! { || #list.needs_axum });

        // The call stands at the return type, so that a type which is no response is blamed there.
        let returned = match &function.sig.output {
            ReturnType::Type(_, ty) => place(ty),
            ReturnType::Default => name.span(),
        };
        let mut called = name.clone();
        called.set_span(returned);
        let awaited =
            (handler.form == HandlerForm::Async).then(|| quote_spanned! { returned => .await });
        Self {
            state,
            prepared: quote! { #listed #(#params)* #extractors },
            probe,
            needs_axum: quote! { false #(|| ::bff::__private::Probe::<#probed>::NEEDS_AXUM)* #list },
            call: quote_spanned! { returned => #called(#(#arguments),*) #awaited },
            returned,
            extracted: extracted.iter().map(|(_, ty)| **ty).collect(),
        }
    }
}

fn param(
    local: &Ident,
    ty: &Type,
    index: TokenStream,
    segment: &Segment,
    invalid: u16,
) -> TokenStream {
    let take = match segment {
        Segment::CatchAll(_) => quote! { catch_all },
        Segment::OptionalCatchAll(_) => quote! { optional_catch_all },
        _ => quote! { param },
    };
    quote! { let #local = ::bff::__private::#take::<#ty>(__request.uri(), #index, #invalid)?; }
}

/// All but the last extractor see the request without its body; the last one may take it.
pub(super) fn extractors(extracted: &[(&Ident, &&Type)]) -> TokenStream {
    let Some(((last, last_ty), before)) = extracted.split_last() else { return TokenStream::new() };
    let before = before.iter().map(|(local, ty)| {
        let value = quote_spanned! { place(ty) => ::bff::__private::from_parts(&mut __parts, &*__state).await? };
        quote! { let #local: #ty = #value; }
    });
    // `mut` is needed for the extractors before the last.
    let parts = if extracted.len() > 1 {
        quote! { mut __parts }
    } else {
        quote! { __parts }
    };
    let value = quote_spanned! { place(last_ty) => ::bff::__private::from_body(__parts, __body, &*__state).await? };
    quote! {
        let (#parts, __body) = __request.into_parts();
        #(#before)*
        let #last: #last_ty = #value;
    }
}

/// The token that stands for a type: `Json` of `bff::Json<Post>`. What is wrong with an extractor is wrong with
/// the call and with its `.await`; given one span, rustc says it once.
pub(super) fn place(ty: &Type) -> Span {
    match ty {
        Type::Path(path) => {
            path.path.segments.last().map_or_else(|| ty.span(), |last| last.ident.span())
        }
        _ => ty.span(),
    }
}

/// The types of its arguments.
pub(super) fn types(function: &ItemFn) -> Vec<&Type> {
    function
        .sig
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.ty),
            FnArg::Receiver(_) => None,
        })
        .collect()
}
