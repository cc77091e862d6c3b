use bff_tree::{
    Code, Diagnostic, Location, Reporter, Route, RouteHandler, Segment, StaticParams,
    config::Config, render,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::{
    cache,
    metadata_files::{file_entry, of_file},
    policies, requirements,
    static_params::listed_by_ident,
};

/// The two tables of an app, in the same order: what tools read and what the router runs.
///
/// ```text
/// pub static ROUTES: &[Route] = &[
///     Route::new("/posts/{id}", &["/posts/{id}"], &[Segment::Literal("posts"), Segment::Param("id")],
///         "app/posts/[id]/route.rs", &[super::__bff__posts___lid_r::__bff_show.info]),
/// ];
/// static ENTRIES: &[&[Entry<super::__BffState>]] = &[&[super::__bff__posts___lid_r::__bff_show]];
/// ```
pub(super) fn tables(routes: &[Route], config: &Config) -> TokenStream {
    let described = routes.iter().map(|route| described(route, config));
    let entries = routes.iter().map(|route| {
        let cfgs = cfgs(&route.content.cfgs);
        let guarded = requirements::guarded(route, config);
        let handlers = route.content.handlers.iter().map(|handler| {
            let (cfgs, entry) = entry(route, handler);
            let entry = with_static_params(route, handler, entry);
            quote! { #cfgs #entry #guarded }
        });
        let file = of_file(route).map(|_| {
            let entry = file_entry(route);
            quote! { #entry #guarded }
        });
        quote! { #cfgs &[#(#handlers,)* #file] }
    });
    let checks = routes.iter().flat_map(|route| {
        let handlers = one_handler_each(route);
        handlers.into_iter().chain(one_list(route))
    });
    let guards = requirements::guards(config);
    let kept = routes.iter().flat_map(|route| kept_by_rules(route, config));
    quote! {
        /// The routes of this app, sorted by folder.
        pub static ROUTES: &[::bff::__private::Route] = &[#(#described),*];

        #guards

        static ENTRIES: &[&[::bff::__private::Entry<super::__BffState>]] = &[#(#entries),*];

        #(#checks)*

        #(#kept)*
    }
}

/// That rules keep the answers of no handler that may read more than their key holds, which its types tell.
///
/// ```text
/// const _: () = kept_by_rule(&super::__bff__posts_r::__bff_list.info, false, false, "`bff.toml:3:1` keeps …");
/// ```
fn kept_by_rules(route: &Route, config: &Config) -> Vec<TokenStream> {
    let cfgs_of_file = cfgs(&route.content.cfgs);
    let handlers = route.content.handlers.iter();
    let checks = handlers.flat_map(|handler| {
        let (cfgs, entry) = entry(route, handler);
        let checks = cache::kept_by_rules(route, handler, config, &entry);
        let whole = quote! { #cfgs_of_file #cfgs };
        checks.into_iter().map(move |check| quote! { #whole #check })
    });
    checks.collect()
}

/// Names every handler of a tree with mistakes, so that none of them is called unused.
pub(super) fn named_handlers(routes: &[Route]) -> TokenStream {
    let entries = routes.iter().flat_map(|route| {
        let cfgs_of_file = cfgs(&route.content.cfgs);
        route.content.handlers.iter().map(move |handler| {
            let (cfgs, entry) = entry(route, handler);
            quote! { #cfgs_of_file #cfgs #entry }
        })
    });
    quote! { const _: &[::bff::__private::Entry<super::__BffState>] = &[#(#entries),*]; }
}

fn described(route: &Route, config: &Config) -> TokenStream {
    let under = policies::under(route, config);
    let pattern = route.pattern.to_string();
    let axum_patterns = route.pattern.axum_patterns();
    let segments = route.pattern.segments().iter().map(segment);
    let file = &route.file;
    let cfgs_of_file = cfgs(&route.content.cfgs);
    let infos = route.content.handlers.iter().map(|handler| {
        let (cfgs, entry) = entry(route, handler);
        quote! { #cfgs #entry.info }
    });
    let metadata = route.metadata.as_ref().map(|_| quote! { .of_metadata() });
    let file_info = of_file(route).map(|_| {
        let entry = file_entry(route);
        quote! { #entry.info }
    });
    let described = quote! {
        ::bff::__private::Route::new(#pattern, &[#(#axum_patterns),*], &[#(#segments),*], #file, &[#(#infos,)* #file_info]) #metadata #under
    };
    let listed = route.content.static_params.iter();
    let described = listed.fold(described, |described, (listed, _)| {
        let StaticParams { name, dynamic_params, cfgs, .. } = listed;
        let name = name.trim_start_matches("r#");
        changed(described, cfgs, &quote! { .static_params_of(#name, #dynamic_params) })
    });
    quote! { #cfgs_of_file #described }
}

/// The entry of a handler that its file lists the params of.
fn with_static_params(route: &Route, handler: &RouteHandler, entry: TokenStream) -> TokenStream {
    if !handler.handler.answers_get() {
        return entry;
    }
    let module = route.module();
    route.content.static_params.iter().fold(entry, |entry, (listed, _)| {
        let listed_by = listed_by_ident(&listed.name);
        let call = quote! { .static_params(super::#module::#listed_by) };
        changed(entry, &listed.cfgs, &call)
    })
}

/// A value after a call, which is made under these predicates alone.
fn changed(value: TokenStream, predicates: &[String], call: &TokenStream) -> TokenStream {
    if predicates.is_empty() {
        return quote! { #value #call };
    }
    let cfgs = cfgs(predicates);
    quote! {
        {
            let value = #value;
            #cfgs
            let value = value #call;
            value
        }
    }
}

fn segment(segment: &Segment) -> TokenStream {
    let (kind, text) = match segment {
        Segment::Param(name) => ("Param", &name.argument),
        Segment::CatchAll(name) => ("CatchAll", &name.argument),
        Segment::OptionalCatchAll(name) => ("OptionalCatchAll", &name.argument),
        Segment::Literal(text) | Segment::Group(text) | Segment::Private(text) => ("Literal", text),
    };
    let kind = Ident::new(kind, Span::call_site());
    quote! { ::bff::__private::Segment::#kind(#text) }
}

fn entry(route: &Route, handler: &RouteHandler) -> (TokenStream, TokenStream) {
    let module = route.module();
    let entry = format_ident!("__bff_{}", handler.handler.name.trim_start_matches("r#"));
    (cfgs(&handler.cfgs), quote! { super::#module::#entry })
}

/// `#[cfg(…)]` for each predicate. A predicate that is not Rust has been reported by rustc in the file itself.
pub(super) fn cfgs(predicates: &[String]) -> TokenStream {
    predicates
        .iter()
        .filter_map(|predicate| predicate.parse::<TokenStream>().ok())
        .map(|predicate| quote! { #[cfg(#predicate)] })
        .collect()
}

/// Handlers for one method, or for every method, are told apart by their `cfg`s; that at most one of them exists is checked where
/// the `cfg`s are known.
///
/// ```text
/// #[cfg(a)]
/// #[cfg(b)]
/// compile_error! { "`GET` is handled twice, …" }
/// ```
fn one_handler_each(route: &Route) -> Vec<TokenStream> {
    let handlers = &route.content.handlers;
    let mut checks = Vec::new();
    for (index, second) in handlers.iter().enumerate() {
        for first in &handlers[..index] {
            let Some((code, message)) = second.clash(first) else { continue };
            let places = (&second.location, &first.location);
            checks.push(not_both(route, (code, message), places, (&second.cfgs, &first.cfgs)));
        }
    }
    checks
}

/// The same for functions that list its params.
fn one_list(route: &Route) -> Vec<TokenStream> {
    let lists = &route.content.static_params;
    let mut checks = Vec::new();
    for (index, (second, at)) in lists.iter().enumerate() {
        for (first, first_at) in &lists[..index] {
            let mistake = StaticParams::second(&first.name, &second.name);
            checks.push(not_both(route, mistake, (at, first_at), (&second.cfgs, &first.cfgs)));
        }
    }
    checks
}

/// That a build does not have both of two functions. The place of the mistake is that of the first.
fn not_both(
    route: &Route,
    (code, message): (Code, String),
    (location, related): (&Location, &Location),
    (one, other): (&[String], &[String]),
) -> TokenStream {
    let text = render(&Diagnostic {
        code,
        message,
        location: location.clone(),
        excerpt: None,
        related: vec![related.clone()],
        help: "under this configuration both exist; let their `cfg`s exclude each other".to_owned(),
        reporter: Reporter::Tree,
    });
    let cfgs = [&route.content.cfgs, other, one].into_iter().map(cfgs);
    quote! { #(#cfgs)* ::core::compile_error! { #text } }
}
