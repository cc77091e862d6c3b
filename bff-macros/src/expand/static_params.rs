use bff_tree::{ListedParam, StaticParams};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Attribute, FnArg, ReturnType, Type, spanned::Spanned};

use super::handler::url_argument_ident;
use crate::function::Function;

/// A function that lists params as it stands, with what the route's entries are given:
///
/// ```text
/// pub const __bff_listed_by_ids: StaticParams<super::__BffState> = {
///     fn __values<__T0: __bff_show_id_2, __T1: UrlRest>(__0: __T0, __1: __T1) -> Vec<Vec<String>> {
///         Vec::from([listed_param(&__0), UrlRest::segments(__1)])
///     }
///     fn __run(__state: &Arc<super::__BffState>) -> StaticParamsFuture {
///         let __state = Arc::clone(__state);
///         Box::pin(async move {
///             let __listed = ids(<State<Db> as ListsFrom<_>>::lists_from(&*__state)).await?;
///             let mut __found = Vec::new();
///             for (__0, __1) in listed_params::<_, (_, _)>(__listed) {
///                 __found.push(__values(__0, __1));
///             }
///             Ok(__found)
///         })
///     }
///     StaticParams::new(__run)
/// };
/// ```
///
/// The bounds are those of the typed path: what no path could be made of is an error here as well (RH-321).
pub(crate) fn static_params(
    function: &Function,
    listed: &StaticParams,
    params: &[ListedParam],
) -> TokenStream {
    let as_it_stands = function;
    let function = &function.head;
    let cfgs: Vec<&Attribute> =
        function.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let name = &function.sig.ident;
    // What is wrong with the values is wrong with the type that the function returns.
    let returned = match &function.sig.output {
        ReturnType::Type(_, ty) => ty.span(),
        ReturnType::Default => name.span(),
    };
    let arguments = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(argument(&typed.ty)),
        FnArg::Receiver(_) => None,
    });
    let mut called = name.clone();
    called.set_span(returned);
    let awaited = listed.is_async.then(|| quote_spanned! { returned => .await });
    let fallible = listed.is_fallible.then(|| quote! { ? });
    let call = quote_spanned! { returned => #called(#(#arguments),*) #awaited #fallible };

    let locals: Vec<Ident> =
        (0..params.len()).map(|index| format_ident!("__{index}", span = returned)).collect();
    let types: Vec<Ident> = (0..params.len()).map(|index| format_ident!("__T{index}")).collect();
    let bounds = params.iter().map(bound);
    let values = params.iter().zip(&locals).map(|(param, local)| match param {
        ListedParam::One(_) => quote! { ::bff::__private::listed_param(&#local) },
        ListedParam::Rest => quote! { ::bff::__private::UrlRest::segments(#local) },
    });
    let (pattern, item) = match &locals[..] {
        [one] => (quote! { #one }, quote! { _ }),
        several => {
            let any = several.iter().map(|_| quote! { _ });
            (quote! { (#(#several),*) }, quote! { (#(#any),*) })
        }
    };
    let make = quote_spanned! { returned => __values(#(#locals),*) };
    let items =
        quote_spanned! { returned => ::bff::__private::listed_params::<_, #item>(__listed) };
    let body = quote! {
        let __listed = #call;
        let mut __found = ::bff::__private::Vec::new();
        for #pattern in #items {
            __found.push(#make);
        }
        ::bff::__private::Result::Ok(__found)
    };
    let future = quote_spanned! { name.span() => ::bff::__private::Box::pin(async move { #body }) };
    let listed_by = listed_by_ident(&name.to_string());
    let only_listed = (!listed.dynamic_params).then(|| quote! { .only_listed() });
    quote! {
        #as_it_stands

        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, unreachable_pub, dead_code)]
        pub const #listed_by: ::bff::__private::StaticParams<super::__BffState> = {
            fn __values<#(#types: #bounds),*>(#(#locals: #types),*)
                -> ::bff::__private::Vec<::bff::__private::Vec<::bff::__private::String>>
            {
                ::bff::__private::Vec::from([#(#values),*])
            }
            fn __run(
                __state: &::bff::__private::Arc<super::__BffState>,
            ) -> ::bff::__private::StaticParamsFuture {
                let __state = ::bff::__private::Arc::clone(__state);
                #future
            }
            ::bff::__private::StaticParams::new(__run) #only_listed
        };
    }
}

/// What stands in for a function with mistakes, so that nothing else is wrong. A method is left out: a free `self` is
/// an error of its own.
pub(crate) fn refused_static_params(function: &Function) -> TokenStream {
    let as_it_stands =
        function.head.sig.receiver().is_none().then(|| quote! { #[allow(dead_code)] #function });
    let cfgs = function.head.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let listed_by = listed_by_ident(&function.head.sig.ident.to_string());
    quote! {
        #as_it_stands

        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, unreachable_pub, dead_code)]
        pub const #listed_by: ::bff::__private::StaticParams<super::__BffState> =
            ::bff::__private::StaticParams::refused();
    }
}

/// The constant beside a function of this name.
pub(super) fn listed_by_ident(function: &str) -> Ident {
    format_ident!("__bff_listed_by_{}", function.trim_start_matches("r#"))
}

fn argument(ty: &Type) -> TokenStream {
    quote_spanned! { ty.span() =>
        <#ty as ::bff::__private::ListsFrom<super::__BffState>>::lists_from(&*__state)
    }
}

/// What the values of a param have to be: what the handler's own argument is, or anything that displays.
fn bound(param: &ListedParam) -> TokenStream {
    match param {
        ListedParam::One(Some((handler, param))) => {
            let entry = format_ident!("__bff_{}", handler.trim_start_matches("r#"));
            let mut name = url_argument_ident(&entry, param);
            name.set_span(Span::call_site());
            quote! { #name }
        }
        ListedParam::One(None) => quote! { ::bff::__private::Display },
        ListedParam::Rest => quote! { ::bff::__private::UrlRest },
    }
}
