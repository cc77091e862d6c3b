use bff_tree::{
    Proxy, ProxyFile, ProxyForm, is_next,
    path_pattern::{Part, PathPattern, Shape},
};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{FnArg, ItemFn, ReturnType, Type, spanned::Spanned};

use crate::place::AppPlace;

/// A proxy as it stands, with the entry that the router names:
///
/// ```text
/// pub static __BFF_PROXY: ProxyEntry<super::__BffState> = {
///     fn __run<'a>(__parts: &'a mut Parts, __state: &'a super::__BffState) -> DecideFuture<'a> {
///         Box::pin(async move {
///             let __0: Request = from_head(__parts, __state).await?;
///             IntoProxied::into_proxied(proxy(__0).await)
///         })
///     }
///     ProxyEntry::decide("proxy.rs", Some(&[Rule { … }]), &[], __run)
/// };
/// ```
pub(crate) fn proxy(function: &ItemFn, proxy: &Proxy, file: &str) -> TokenStream {
    let matcher = match &proxy.matcher {
        None => quote! { ::bff::__private::Option::None },
        Some(patterns) => {
            let sources = patterns.iter().map(source);
            quote! { ::bff::__private::Option::Some(&[#(::bff::__private::matching::Rule { source: #sources, has: &[], missing: &[] }),*]) }
        }
    };
    let exclude = proxy.exclude.iter().map(source);
    let (run, make) = match proxy.form {
        ProxyForm::Decide => (decide(function), quote! { decide }),
        ProxyForm::Around => (around(function), quote! { around }),
    };
    quote! {
        #function

        #[doc(hidden)]
        #[allow(unreachable_pub, missing_docs, clippy::result_large_err)]
        pub static __BFF_PROXY: ::bff::__private::ProxyEntry<super::__BffState> = {
            #run
            ::bff::__private::ProxyEntry::#make(#file, #matcher, &[#(#exclude),*], __run)
        };
    }
}

/// What stands in for a proxy with mistakes, so that `app!` finds what it names and nothing else is wrong.
pub(crate) fn refused_proxy() -> TokenStream {
    quote! {
        #[doc(hidden)]
        #[allow(unreachable_pub, missing_docs, dead_code)]
        pub static __BFF_PROXY: ::bff::__private::ProxyEntry<super::__BffState> = ::bff::__private::ProxyEntry::refused();
    }
}

/// The module of the proxy file.
pub(super) fn module(proxy: Option<&ProxyFile>, place: &AppPlace) -> TokenStream {
    let Some(proxy) = proxy else { return TokenStream::new() };
    let path = place.module_path(&proxy.file);
    let deprecated = proxy.deprecated_name.then(|| {
        quote! {
            const _: () = {
                #[deprecated(note = "a proxy is `proxy.rs` now; rename `middleware.rs`")]
                #[allow(non_upper_case_globals)]
                const middleware_rs_is_an_old_name: () = ();
                middleware_rs_is_an_old_name
            };
        }
    });
    quote! {
        #[path = #path]
        mod __bff_proxy;
        #deprecated
    }
}

fn decide(function: &ItemFn) -> TokenStream {
    let types = types(function);
    let locals = locals(&types);
    let arguments = types.iter().zip(&locals).map(|(ty, local)| {
        let value = quote_spanned! { ty.span() => ::bff::__private::from_head(&mut *__parts, __state).await? };
        quote! { let #local: #ty = #value; }
    });
    let call = call(function, &locals);
    let returned = returned(function);
    let decided = quote_spanned! { returned => ::bff::__private::IntoProxied::into_proxied(#call) };
    let future = quote_spanned! { function.sig.ident.span() => ::bff::__private::Box::pin(async move {
        #(#arguments)*
        #decided
    }) };
    quote! {
        #[allow(unused_variables)]
        fn __run<'__bff>(
            __parts: &'__bff mut ::bff::__private::Parts,
            __state: &'__bff super::__BffState,
        ) -> ::bff::__private::DecideFuture<'__bff> {
            #future
        }
    }
}

/// The arguments before `Next` are those of a handler: extractors, the last of which may take the body.
fn around(function: &ItemFn) -> TokenStream {
    let types = types(function);
    let locals = locals(&types);
    let extracted: Vec<(&Ident, &&Type)> =
        locals.iter().zip(&types).filter(|(_, ty)| !is_next(ty)).collect();
    let extractors = super::handler::extractors(&extracted);
    let next = locals.iter().zip(&types).find(|(_, ty)| is_next(ty));
    let next = next.map(|(local, ty)| quote! { let #local: #ty = __next; });
    let call = call(function, &locals);
    let reply =
        quote_spanned! { returned(function) => ::bff::__private::IntoReply::into_reply(#call) };
    let future = quote_spanned! { function.sig.ident.span() => ::bff::__private::Box::pin(async move {
        #extractors
        #next
        ::bff::__private::Result::Ok(#reply)
    }) };
    quote! {
        fn __run(
            __request: ::bff::__private::Request,
            __next: ::bff::__private::Next,
            __state: &::bff::__private::Arc<super::__BffState>,
        ) -> ::bff::__private::HandlerFuture {
            let __state = ::bff::__private::Arc::clone(__state);
            #future
        }
    }
}

fn call(function: &ItemFn, locals: &[Ident]) -> TokenStream {
    let mut name = function.sig.ident.clone();
    name.set_span(returned(function));
    let awaited = function.sig.asyncness.is_some().then(|| quote! { .await });
    quote! { #name(#(#locals),*) #awaited }
}

/// A type that a proxy cannot return is blamed where it is written.
fn returned(function: &ItemFn) -> proc_macro2::Span {
    match &function.sig.output {
        ReturnType::Type(_, ty) => ty.span(),
        ReturnType::Default => function.sig.ident.span(),
    }
}

fn types(function: &ItemFn) -> Vec<&Type> {
    let inputs = function.sig.inputs.iter();
    inputs
        .filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.ty),
            FnArg::Receiver(_) => None,
        })
        .collect()
}

fn locals(types: &[&Type]) -> Vec<Ident> {
    (0..types.len()).map(|index| format_ident!("__{index}")).collect()
}

/// A pattern as the static data that the library matches with.
fn source(pattern: &PathPattern) -> TokenStream {
    let text = pattern.text();
    let prefix = pattern.prefix();
    let shape = match pattern.shape() {
        Shape::Literal(literal) => quote! { Literal(#literal) },
        Shape::Segments(parts) => {
            let parts = parts.iter().map(|part| match part {
                Part::Literal(literal) => quote! { Literal(#literal) },
                Part::Param => quote! { Param },
                Part::Optional => quote! { Optional },
                Part::Any => quote! { Any },
                Part::Some => quote! { Some },
            });
            quote! { Segments(&[#(::bff::__private::matching::Part::#parts),*]) }
        }
        Shape::Regex { regex, except } => {
            let except = optional(except.as_deref());
            quote! { Regex { regex: #regex, except: #except } }
        }
        Shape::Backtracking(regex) => quote! { Backtracking(#regex) },
    };
    let params = pattern.params().iter().map(|param| {
        let name = param.name.as_deref().unwrap_or("");
        let separator = optional(param.separator.as_deref());
        quote! { ::bff::__private::matching::SourceParam { name: #name, separator: #separator } }
    });
    let delimiters = pattern.dialect().delimiters();
    let case_sensitive = pattern.dialect().is_case_sensitive();
    quote! {
        ::bff::__private::matching::Source {
            text: #text,
            prefix: #prefix,
            shape: ::bff::__private::matching::Shape::#shape,
            params: &[#(#params),*],
            delimiters: #delimiters,
            case_sensitive: #case_sensitive,
        }
    }
}

fn optional(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote! { ::bff::__private::Option::Some(#value) },
        None => quote! { ::bff::__private::Option::None },
    }
}
