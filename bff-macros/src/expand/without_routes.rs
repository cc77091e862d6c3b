//! What `app!` becomes beside the errors of a tree, so that they stay the only ones.

use bff_tree::{RouteTree, config::Config};
use proc_macro2::TokenStream;
use quote::quote;

use super::{
    metadata_files,
    modules::{Above, modules},
    router::{base_path, front, router, router_function, routes_function},
    table::named_handlers,
    upstreams,
    urls::urls,
};
use crate::{input::AppInput, place::AppPlace};

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
    let head_tags = metadata_files::no_head_tags(routes);
    let none = quote! { ::bff::__private::Option::None };
    let router = router(&front(proxy, false, false), &quote! { &[] }, &none, input);
    let router = router_function(input, &router);
    let only_routes =
        routes_function(routes, &quote! { ::bff::__private::routes(ROUTES, &[], #none) });
    let base_path = base_path("");
    quote! {
        #modules

        #[allow(dead_code, missing_docs, unreachable_pub, private_interfaces, private_bounds, unexpected_cfgs)]
        pub mod app {
            pub static ROUTES: &[::bff::__private::Route] = &[];
            #handlers
            #base_path
            #register
            #upstreams
            #router
            #only_routes
            #head_tags
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
