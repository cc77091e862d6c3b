//! What an app has for the program: `router`, `routes` without what answers for the other URLs, and `BASE_PATH`.

use bff_tree::{ProxyFile, Route, axum_conflict};
use proc_macro2::TokenStream;
use quote::quote;

use crate::{input::AppInput, place::AppPlace};

/// What stands in front of the routes, as calls that put it there; empty for an app that has nothing there.
pub(super) fn front(proxy: Option<&ProxyFile>, has_public: bool, has_rules: bool) -> TokenStream {
    let proxy = proxy.map(|_| quote! { .proxy(&super::__bff_proxy::__BFF_PROXY) });
    let public = has_public.then(|| quote! { .public(&PUBLIC) });
    let rules = has_rules.then(|| quote! { .rules(&RULES) });
    quote! { #proxy #public #rules }
}

/// The call that makes the router of the whole app. `headers` are its security headers.
pub(super) fn router(
    front: &TokenStream,
    entries: &TokenStream,
    headers: &TokenStream,
    input: &AppInput,
) -> TokenStream {
    let state = input.state.as_ref().map_or_else(|| quote! { () }, |_| quote! { state });
    if front.is_empty() {
        return quote! { ::bff::__private::router(ROUTES, #entries, #state, #headers) };
    }
    quote! {
        ::bff::__private::router_behind(
            &::bff::__private::pipeline::Front::new() #front,
            ROUTES,
            #entries,
            #state,
            #headers,
        )
    }
}

/// A debug build says at start what has come since it was built. Others have no path of the machine that built them.
pub(super) fn absent_when_built(absent: &[String], place: &AppPlace) -> Option<TokenStream> {
    let paths = absent.iter().map(|path| place.absolute_path(path));
    (!absent.is_empty()).then(|| {
        quote! {
            #[cfg(debug_assertions)]
            ::bff::__private::absent_when_built(&[#(#paths),*]);
        }
    })
}

pub(super) fn router_function(input: &AppInput, body: &TokenStream) -> TokenStream {
    let parameter = input.state.as_ref().map(|_| quote! { state: super::__BffState });
    quote! {
        /// The router of the whole app: an ordinary axum router to nest, merge, layer or serve.
        pub fn router(#parameter) -> ::bff::__private::Router {
            #body
        }
    }
}

pub(super) fn routes_function(routes: &[Route], body: &TokenStream) -> TokenStream {
    let (limit, bounds) = bounds_of_routes(routes);
    quote! {
        #limit

        /// The routes alone, without the answers to URLs that none of them serves.
        pub fn routes() -> ::bff::__private::Router<super::__BffState>
        where
            #bounds
        {
            #body
        }
    }
}

/// What axum wants of a state, and of the routes. The lifetime makes rustc ask for it where `routes` is called:
/// a state that falls short is then reported once, by `router`, and need not be `Clone` for it; routes that only
/// bff's own matching can hold are a compile error for those who call `routes`, and nobody panics.
fn bounds_of_routes(routes: &[Route]) -> (TokenStream, TokenStream) {
    let state = quote! { for<'__bff> super::__BffState: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync };
    let Some((param, catch_all)) = axum_conflict(routes) else {
        return (TokenStream::new(), state);
    };
    let message =
        format!("axum's router cannot hold `{}` beside `{}`", param.pattern, catch_all.pattern);
    let label = format!("`{}` and `{}` need bff's own matching", param.file, catch_all.file);
    let limit = quote! {
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = "use `app::router`, which nests, merges and layers like any other router")]
        pub trait RoutesThatAxumCanHold {}
    };
    (limit, quote! { #state, for<'__bff> (): RoutesThatAxumCanHold })
}

/// What `bff.toml` puts in front of every URL; the path functions do not have it, as they do not have a nest.
pub(super) fn base_path(base_path: &str) -> TokenStream {
    quote! {
        /// The prefix of every URL of the app, from `bff.toml`; empty for none. The paths below are without it:
        /// redirects, rewrites and `Url::join` put it in front.
        pub const BASE_PATH: &str = #base_path;
    }
}
