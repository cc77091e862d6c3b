use bff_tree::ValidRouteTree;
use proc_macro2::TokenStream;
use quote::quote;

use super::{
    config::{has_rules, rules},
    instrumentation, metadata_files,
    modules::{Above, build_script_hint, modules},
    policies, public,
    router::{absent_when_built, base_path, front, router, router_function, routes_function},
    security_headers,
    table::tables,
    upstreams,
    urls::urls,
};
use crate::{input::AppInput, place::AppPlace};

/// The whole expansion of `app!`. The modules are a flat list at the level of the call: rust-analyzer resolves
/// no other form, and their names depend on their own folder only.
///
/// `absent` is what a debug build looks out for.
pub(crate) fn app(
    input: &AppInput,
    place: &AppPlace,
    above: Above,
    tree: &ValidRouteTree,
    absent: &[String],
) -> TokenStream {
    let (routes, proxy, instrumentation) = (tree.routes(), tree.proxy(), tree.instrumentation());
    let modules = modules(input, place, above, routes, (proxy, instrumentation));
    let config = tree.config();
    let tables = tables(routes, config);
    let policies = policies::policies(config);
    let upstreams = upstreams::upstreams(config);
    // An app with nothing of that kind has no table for it.
    let rules = has_rules(config).then(|| rules(config));
    let base_path = base_path(&config.base_path);
    let urls = urls(routes);
    let files = metadata_files::files(routes, place);
    let head_tags = metadata_files::head_tags(routes);
    let source = input.public.map(|(source, _)| source).unwrap_or_default();
    let public = tree.public().map(|folder| public::table(folder, source, place));
    let security = security_headers::table(config);
    let security_headers = security_headers::named(config);
    let front = front(proxy, public.is_some(), rules.is_some());
    let router = router(&front, &quote! { ENTRIES }, &security_headers, input);
    let router = policies::behind_trusted_proxies(config, router);
    let router = upstreams::checked(config, router);
    let router = instrumentation::wrapped(instrumentation, &router);
    let absent = absent_when_built(absent, place);
    let router = router_function(input, &quote! { #absent #router });
    let only_routes = quote! { ::bff::__private::routes(ROUTES, ENTRIES, #security_headers) };
    let only_routes =
        routes_function(routes, &instrumentation::wrapped(instrumentation, &only_routes));
    let instrumentation = instrumentation::entry(instrumentation);
    let hint = place.lacks_build_script.then(build_script_hint);
    quote! {
        #modules
        #hint

        /// The app: its router, its routes and the paths to them.
        #[allow(dead_code, missing_docs, unreachable_pub, private_interfaces, private_bounds, unexpected_cfgs)]
        pub mod app {
            #files

            #tables

            #base_path

            #rules

            #instrumentation

            #public

            #policies

            #security

            #upstreams

            #router

            #only_routes

            #head_tags

            #urls
        }
    }
}
