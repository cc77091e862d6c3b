use bff_tree::{Route, RouteHandler, Segment, module_ident};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The two tables of an app, in the same order: what tools read and what the router runs.
///
/// ```ignore
/// pub static ROUTES: &[Route] = &[
///     Route::new("/posts/{id}", &["/posts/{id}"], &[Segment::Literal("posts"), Segment::Param("id")],
///         "app/posts/[id]/route.rs", &[super::__bff__posts___lid_r::__bff_show.info]),
/// ];
/// static ENTRIES: &[&[Entry<super::__BffState>]] = &[&[super::__bff__posts___lid_r::__bff_show]];
/// ```
pub(super) fn tables(routes: &[Route]) -> TokenStream {
    let described = routes.iter().map(described);
    let entries = routes.iter().map(|route| {
        let cfgs = cfgs(&route.content.cfgs);
        let handlers = route.content.handlers.iter().map(|handler| {
            let (cfgs, entry) = entry(route, handler);
            quote! { #cfgs #entry }
        });
        quote! { #cfgs &[#(#handlers),*] }
    });
    let checks = routes.iter().flat_map(one_handler_each);
    quote! {
        /// The routes of this app, sorted by folder.
        pub static ROUTES: &[::bff::__private::Route] = &[#(#described),*];

        static ENTRIES: &[&[::bff::__private::Entry<super::__BffState>]] = &[#(#entries),*];

        #(#checks)*
    }
}

fn described(route: &Route) -> TokenStream {
    let pattern = route.pattern.to_string();
    let axum_patterns = route.pattern.axum_patterns();
    let segments = route.pattern.segments().iter().map(segment);
    let file = &route.file;
    let cfgs_of_file = cfgs(&route.content.cfgs);
    let infos = route.content.handlers.iter().map(|handler| {
        let (cfgs, entry) = entry(route, handler);
        quote! { #cfgs #entry.info }
    });
    quote! {
        #cfgs_of_file
        ::bff::__private::Route::new(#pattern, &[#(#axum_patterns),*], &[#(#segments),*], #file, &[#(#infos),*])
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
    let module = module_ident(&route.folder);
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

/// Handlers for one method are told apart by their `cfg`s; that at most one of them exists is checked where
/// the `cfg`s are known.
///
/// ```ignore
/// const _: () = assert!([#[cfg(a)] (), #[cfg(b)] ()].len() <= 1, "…");
/// ```
fn one_handler_each(route: &Route) -> Vec<TokenStream> {
    let handlers = &route.content.handlers;
    let mut methods: Vec<&str> =
        handlers.iter().flat_map(|handler| handler.handler.methods.iter().map(|method| method.as_str())).collect();
    methods.sort_unstable();
    methods.dedup();
    methods
        .into_iter()
        .filter_map(|method| {
            let same: Vec<TokenStream> = handlers
                .iter()
                .filter(|handler| handler.handler.methods.iter().any(|other| other.as_str() == method))
                .map(|handler| cfgs(&handler.cfgs))
                .collect();
            let message = format!("`{method}` is handled twice in `{}` under this configuration", route.file);
            let file_cfgs = cfgs(&route.content.cfgs);
            (same.len() > 1).then(|| {
                quote! { #file_cfgs const _: () = ::core::assert!(<[()]>::len(&[#(#same ()),*]) <= 1, #message); }
            })
        })
        .collect()
}
