use bff_tree::{Proxy, ProxyFile, ProxyForm, bare_decision, is_next};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{FnArg, ItemFn, ReturnType, Stmt, Type, parse_quote, spanned::Spanned};

use super::patterns::{rule, source};
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
        Some(rules) => {
            let rules = rules.iter().map(|it| rule(&it.source, &it.has, &it.missing));
            quote! { ::bff::__private::Option::Some(&[#(#rules),*]) }
        }
    };
    let exclude = proxy.exclude.iter().map(source);
    let (run, make) = match proxy.form {
        ProxyForm::Decide => (decide(function), quote! { decide }),
        ProxyForm::Around => (around(function), quote! { around }),
        ProxyForm::Factory => (factory(function), quote! { factory }),
    };
    let constants = proxy.constants.iter().map(|(name, text)| constant(name, text));
    let never_runs = proxy.never_runs.map(never_runs);
    quote! {
        #function

        #[doc(hidden)]
        #[allow(unreachable_pub, missing_docs, clippy::result_large_err)]
        pub static __BFF_PROXY: ::bff::__private::ProxyEntry<super::__BffState> = {
            #run
            ::bff::__private::ProxyEntry::#make(#file, #matcher, &[#(#exclude),*], __run)
        };
        #(#constants)*
        #never_runs
    }
}

/// Has the compiler compare a constant with the text that was read for it; a `cfg` or a `use` may mean another one.
fn constant(name: &Ident, text: &str) -> TokenStream {
    let message = format!(
        "`{name}` has another value here than the one in the text of this file, \"{text}\"; write the text into the matcher"
    );
    let same = quote_spanned! { name.span() => ::bff::__private::same_text(#name, #text) };
    quote_spanned! { name.span() => const _: () = ::core::assert!(#same, #message); }
}

/// A warning. Stable Rust has no other way for a macro to warn than a deprecated item.
fn never_runs(span: Span) -> TokenStream {
    let name = Ident::new("this_proxy_never_runs", span);
    quote! {
        const _: () = {
            #[deprecated(note = "an empty `matcher` matches no request; without `matcher` the proxy runs for every one")]
            #[allow(non_upper_case_globals)]
            const #name: () = ();
            #name
        };
    }
}

/// A factory that forgot `decide` gets it beside the error that says so, and rustc has nothing to add.
pub(crate) fn decided(mut function: ItemFn) -> ItemFn {
    let is_bare = bare_decision(&function).is_some();
    if let (true, Some(Stmt::Expr(closure, None))) = (is_bare, function.block.stmts.last_mut()) {
        *closure = parse_quote! { ::bff::proxy::decide(#closure) };
    }
    function
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
    let extractors = super::call::extractors(&extracted);
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

/// It runs once, before any request exists, so its arguments come out of the state.
fn factory(function: &ItemFn) -> TokenStream {
    let name = &function.sig.ident;
    let types = types(function);
    quote! {
        fn __run(__state: &super::__BffState) -> ::bff::__private::SharedProxy {
            ::bff::__private::SharedProxy::new(#name(
                #(<#types as ::bff::__private::FromState<super::__BffState>>::from_state(__state)),*
            ))
        }
    }
}

fn call(function: &ItemFn, locals: &[Ident]) -> TokenStream {
    let place = returned(function);
    let mut name = function.sig.ident.clone();
    name.set_span(place);
    let awaited = function.sig.asyncness.is_some().then(|| quote_spanned! { place => .await });
    quote_spanned! { place => #name(#(#locals),*) #awaited }
}

/// A type that a proxy cannot return is blamed where it is written.
fn returned(function: &ItemFn) -> Span {
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
