use bff_tree::{
    InstrumentationFile, ProxyFile, Route, RouteTree, ValidRouteTree, axum_conflict, config::Config,
};
use proc_macro2::TokenStream;
use quote::quote;

use super::{
    config::rules,
    instrumentation, policies, proxy, public,
    table::{cfgs, named_handlers, tables},
    upstreams,
    urls::urls,
};
use crate::{input::AppInput, place::AppPlace};

/// How many URL segments there would be from the package to the folder that URLs begin in, if they were below it.
#[derive(Clone, Copy)]
pub(crate) struct Above {
    pub(crate) app: usize,
    /// `None` without a `pages` folder.
    pub(crate) pages: Option<usize>,
}

/// The whole expansion of `app!`. The modules are a flat list at the level of the call: rust-analyzer resolves
/// no other form, and their names depend on their own folder only.
pub(crate) fn app(
    input: &AppInput,
    place: &AppPlace,
    above: Above,
    tree: &ValidRouteTree,
) -> TokenStream {
    let (routes, proxy, instrumentation) = (tree.routes(), tree.proxy(), tree.instrumentation());
    let modules = modules(input, place, above, routes, (proxy, instrumentation));
    let config = tree.config();
    let tables = tables(routes, config);
    let policies = policies::policies(config);
    let upstreams = upstreams::upstreams(config);
    // An app without a configuration file has no table for one.
    let rules = (*config != Config::default()).then(|| rules(config));
    let base_path = base_path(&config.base_path);
    let urls = urls(routes);
    let (parameter, state) = state_argument(input);
    let (limit, bounds) = bounds_of_routes(routes);
    let source = input.public.map(|(source, _)| source).unwrap_or_default();
    let public = tree.public().map(|folder| public::table(folder, source, place));
    let front = front(proxy, public.is_some(), rules.is_some());
    let router = router(&front, &quote! { ENTRIES }, &state);
    let router = policies::behind_trusted_proxies(config, router);
    let router = upstreams::checked(config, router);
    let router = instrumentation::wrapped(instrumentation, &router);
    let only_routes = quote! { ::bff::__private::routes(ROUTES, ENTRIES) };
    let only_routes = instrumentation::wrapped(instrumentation, &only_routes);
    let instrumentation = instrumentation::entry(instrumentation);
    let hint = place.lacks_build_script.then(build_script_hint);
    quote! {
        #modules
        #hint

        /// The app: its router, its routes and the paths to them.
        #[allow(dead_code, missing_docs, unreachable_pub, private_interfaces, private_bounds, unexpected_cfgs)]
        pub mod app {
            #tables

            #base_path

            #rules

            #instrumentation

            #public

            #policies

            #upstreams

            /// The router of the whole app: an ordinary axum router to nest, merge, layer or serve.
            pub fn router(#parameter) -> ::bff::__private::Router {
                #router
            }

            #limit

            /// The routes alone, without the answers to URLs that none of them serves.
            pub fn routes() -> ::bff::__private::Router<super::__BffState>
            where
                #bounds
            {
                #only_routes
            }

            #urls
        }
    }
}

/// What is emitted beside the errors of a tree: the modules, so that mistakes inside them are found in the same
/// run, and everything that the user's code may name.
pub(crate) fn app_without_routes(
    input: &AppInput,
    place: &AppPlace,
    above: Above,
    tree: &RouteTree,
    config: &Config,
) -> TokenStream {
    let (routes, proxy) = (&*tree.routes, tree.proxy.as_ref());
    let instrumentation = tree.instrumentation.as_deref();
    let modules = modules(input, place, above, routes, (proxy, instrumentation));
    let register = instrumentation.map(|_| {
        quote! { pub async fn register() -> ::bff::Result { ::bff::__private::Result::Ok(()) } }
    });
    let handlers = named_handlers(routes);
    let upstreams = upstreams::upstreams(config);
    let urls = urls(routes);
    let (parameter, state) = state_argument(input);
    let router = router(&front(proxy, false, false), &quote! { &[] }, &state);
    let base_path = base_path("");
    let (limit, bounds) = bounds_of_routes(routes);
    quote! {
        #modules

        #[allow(dead_code, missing_docs, unreachable_pub, private_interfaces, private_bounds, unexpected_cfgs)]
        pub mod app {
            pub static ROUTES: &[::bff::__private::Route] = &[];
            #handlers
            #base_path
            #register
            #upstreams
            pub fn router(#parameter) -> ::bff::__private::Router {
                #router
            }
            #limit
            pub fn routes() -> ::bff::__private::Router<super::__BffState>
            where
                #bounds
            {
                ::bff::__private::routes(ROUTES, &[])
            }
            #urls
        }
    }
}

/// What is emitted where no route file can be found: the names that the user's code may have.
pub(crate) fn app_without_a_tree() -> TokenStream {
    quote! {
        #[allow(dead_code, missing_docs, unreachable_pub)]
        pub mod app {
            pub static ROUTES: &[::bff::__private::Route] = &[];
            pub const BASE_PATH: &str = "";
            pub fn router() -> ::bff::__private::Router {
                ::bff::__private::Router::new()
            }
            pub fn routes() -> ::bff::__private::Router {
                ::bff::__private::Router::new()
            }
        }
    }
}

fn modules(
    input: &AppInput,
    place: &AppPlace,
    above: Above,
    routes: &[Route],
    (proxy, instrumentation): (Option<&ProxyFile>, Option<&InstrumentationFile>),
) -> TokenStream {
    let proxy = proxy::module(proxy, place);
    let instrumentation = instrumentation::module(instrumentation, place);
    let state = input.state_type();
    let modules = routes.iter().map(|route| {
        let module = route.module();
        let path = place.module_path(&route.file);
        let cfgs = cfgs(&route.content.cfgs);
        quote! {
            #cfgs
            #[path = #path]
            #[allow(non_snake_case)]
            mod #module;
        }
    });
    let Above { app, pages } = above;
    let above_pages = pages.map(|pages| {
        quote! {
            #[doc(hidden)]
            #[allow(dead_code)]
            const __BFF_ABOVE_PAGES: usize = #pages;
        }
    });
    quote! {
        #[doc(hidden)]
        #[allow(dead_code)]
        type __BffState = #state;
        #[doc(hidden)]
        #[allow(dead_code)]
        const __BFF_ABOVE: usize = #app;
        #above_pages
        #(#modules)*
        #proxy
        #instrumentation
    }
}

/// What stands in front of the routes, as calls that put it there; empty for an app that has nothing there.
fn front(proxy: Option<&ProxyFile>, has_public: bool, has_rules: bool) -> TokenStream {
    let proxy = proxy.map(|_| quote! { .proxy(&super::__bff_proxy::__BFF_PROXY) });
    let public = has_public.then(|| quote! { .public(&PUBLIC) });
    let rules = has_rules.then(|| quote! { .rules(&RULES) });
    quote! { #proxy #public #rules }
}

fn router(front: &TokenStream, entries: &TokenStream, state: &TokenStream) -> TokenStream {
    if front.is_empty() {
        return quote! { ::bff::__private::router(ROUTES, #entries, #state) };
    }
    quote! {
        ::bff::__private::router_behind(
            &::bff::__private::pipeline::Front::new() #front,
            ROUTES,
            #entries,
            #state,
        )
    }
}

/// What `bff.toml` puts in front of every URL; the path functions do not have it, as they do not have a nest.
fn base_path(base_path: &str) -> TokenStream {
    quote! {
        /// The prefix of every URL of the app, from `bff.toml`; empty for none. The paths below are without it:
        /// redirects, rewrites and `Url::join` put it in front.
        pub const BASE_PATH: &str = #base_path;
    }
}

fn state_argument(input: &AppInput) -> (TokenStream, TokenStream) {
    match input.state {
        Some(_) => (quote! { state: super::__BffState }, quote! { state }),
        None => (TokenStream::new(), quote! { () }),
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

/// A warning at the macro call. Stable Rust has no other way for a macro to warn than a deprecated item.
fn build_script_hint() -> TokenStream {
    let note = "\
add a `build.rs`, or cargo will not notice new route folders:

    fn main() {
        for path in [\"app\", \"src/app\", \"pages\", \"src/pages\", \"proxy.rs\", \"instrumentation.rs\", \"public\", \"bff.toml\", \"build.rs\"] {
            if std::path::Path::new(path).exists() { println!(\"cargo::rerun-if-changed={path}\") }
        }
    }
";
    quote! {
        const _: () = {
            #[deprecated(note = #note)]
            #[allow(non_upper_case_globals)]
            const this_package_has_no_build_script: () = ();
            this_package_has_no_build_script
        };
    }
}
