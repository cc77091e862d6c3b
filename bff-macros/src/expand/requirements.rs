use bff_tree::Requirement;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// The value of an entry, whose handler no request reaches that does not satisfy what is required:
///
/// ```text
/// {
///     fn __require(__request: Request, __state: &Arc<super::__BffState>) -> RequireFuture {
///         let __state = Arc::clone(__state);
///         Box::pin(async move {
///             let (mut __parts, __body) = __request.into_parts();
///             required(admin, &mut __parts, &*__state).await?;
///             Ok(Request::from_parts(__parts, __body))
///         })
///     }
///     Entry::require({ Entry::function(…) }, __require, true)
/// }
/// ```
pub(super) fn behind(required: &[Requirement], entry: TokenStream) -> TokenStream {
    if required.is_empty() {
        return entry;
    }
    let needs_axum = !required.iter().all(is_ours);
    let checks = required.iter().map(|Requirement(path)| {
        quote_spanned! { path.span() =>
            ::bff::__private::required(#path, &mut __parts, &*__state).await?;
        }
    });
    quote! {
        fn __require(
            __request: ::bff::__private::Request,
            __state: &::bff::__private::Arc<super::__BffState>,
        ) -> ::bff::__private::RequireFuture {
            let __state = ::bff::__private::Arc::clone(__state);
            ::bff::__private::Box::pin(async move {
                let (mut __parts, __body) = __request.into_parts();
                #(#checks)*
                ::bff::__private::Result::Ok(::bff::__private::Request::from_parts(__parts, __body))
            })
        }
        ::bff::__private::Entry::require({ #entry }, __require, #needs_axum)
    }
}

/// The requirements of bff itself look at no params.
fn is_ours(Requirement(path): &Requirement) -> bool {
    path.leading_colon.is_some() && path.segments.first().is_some_and(|first| first.ident == "bff")
}
