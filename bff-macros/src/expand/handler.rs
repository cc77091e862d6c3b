use bff_tree::{Argument, Handler, HandlerForm, Requirement, RouteKind, Segment, doc_line, ident};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Attribute, ItemFn, Type, ext::IdentExt};

use super::{
    cache,
    call::{Called, types},
    metadata::Each,
    policies, requirements,
};
use crate::function::Function;

/// A handler as it stands, with the entry that the route table names:
///
/// ```text
/// pub const __bff_show: Entry<super::__BffState> = {
///     fn __run(__request: Request, __state: &Arc<super::__BffState>) -> HandlerFuture {
///         let __state = Arc::clone(__state);
///         Box::pin(async move {
///             let __0 = param::<u64>(__request.uri(), 2usize.wrapping_sub(super::__BFF_ABOVE), 404)?;
///             let (mut __parts, __body) = __request.into_parts();
///             let __1 = <State<Db> as FromRequestBody<super::__BffState, _>>::from_body(__parts, __body, &__state).await?;
///             Ok(IntoReply::into_reply(show(__0, __1).await))
///         })
///     }
///     Entry::function(HandlerInfo::new("show", &["GET"], "…"), Probe::<State<Db>>::NEEDS_AXUM, __run)
/// };
/// pub trait __bff_show_id_2: Display {}  // what the typed path takes
/// ```
///
/// Nothing of it is generic, so each handler is compiled once and the table of an app is plain data.
///
/// `skipped` is added to the index of each param; `app!` knows how much of the sum lies above the app folder, or
/// above `pages`, depending on the `kind`.
pub(crate) fn handler(
    function: &Function,
    handler: &Handler,
    required: &[Requirement],
    skipped: usize,
    kind: RouteKind,
) -> TokenStream {
    expanded(function, handler, required, (skipped, kind), None)
}

/// A metadata function, which is a handler of GET: its response gets what it leaves open, and of several it makes one
/// that is listed.
pub(super) fn disguised(
    function: &Function,
    handler: &Handler,
    required: &[Requirement],
    skipped: usize,
    disguise: Disguise<'_>,
) -> TokenStream {
    expanded(function, handler, required, (skipped, RouteKind::Metadata), Some(disguise))
}

/// What a metadata function makes.
#[derive(Clone, Copy)]
pub(super) struct Disguise<'a> {
    pub(super) content_type: &'a str,
    /// Which of several it is.
    pub(super) each: Option<&'a Each>,
    /// A sitemap that is too large for a file becomes several.
    pub(super) splits: bool,
}

fn expanded(
    function: &Function,
    handler: &Handler,
    required: &[Requirement],
    (skipped, kind): (usize, RouteKind),
    disguise: Option<Disguise<'_>>,
) -> TokenStream {
    let as_it_stands = function;
    let function = &function.head;
    let cfgs: Vec<&Attribute> = cfgs(function).collect();
    let entry = entry_ident(&function.sig.ident);
    let value = match handler.form {
        HandlerForm::Factory => factory(function, handler),
        HandlerForm::Async | HandlerForm::Sync => run(function, handler, (skipped, kind), disguise),
    };
    let value = requirements::behind(required, value);
    let url_arguments = url_arguments(function, handler, &entry);
    quote! {
        #as_it_stands

        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, unreachable_pub, clippy::result_large_err)]
        pub const #entry: ::bff::__private::Entry<super::__BffState> = { #value };
        #url_arguments
    }
}

/// The traits that the typed path of the route names, one for each param that the handler takes.
pub(super) fn url_arguments(function: &ItemFn, handler: &Handler, entry: &Ident) -> TokenStream {
    let cfgs: Vec<&Attribute> = cfgs(function).collect();
    param_types(function, handler)
        .map(|(name, ty)| url_argument(&cfgs, entry, &name.to_string(), quote! { #ty }))
        .collect()
}

/// What stands in for a handler with mistakes, so that `app!` finds what it names and nothing else is wrong.
///
/// A method is left out: a free `self` is an error of its own.
pub(crate) fn refused_handler(function: &Function, handler: Option<&Handler>) -> TokenStream {
    let as_it_stands =
        function.head.sig.receiver().is_none().then(|| quote! { #[allow(dead_code)] #function });
    let function = &function.head;
    let cfgs: Vec<&Attribute> = cfgs(function).collect();
    let entry = entry_ident(&function.sig.ident);
    let url_arguments =
        handler.into_iter().flat_map(|handler| param_types(function, handler)).map(|(name, ty)| {
            let ty = if is_nameable(ty, function) {
                quote! { #ty }
            } else {
                quote! { ::bff::__private::String }
            };
            url_argument(&cfgs, &entry, &name.to_string(), ty)
        });
    quote! {
        #as_it_stands

        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, unreachable_pub, dead_code)]
        pub const #entry: ::bff::__private::Entry<super::__BffState> = ::bff::__private::Entry::refused();
        #(#url_arguments)*
    }
}

/// False for what only the function itself can name: its type params, `impl Trait` and elided lifetimes.
fn is_nameable(ty: &Type, function: &ItemFn) -> bool {
    function.sig.generics.params.is_empty()
        && !matches!(ty, Type::Reference(_) | Type::ImplTrait(_))
}

/// Attributes that were taken off a function count as used, so that their imports do.
pub(crate) fn used_attributes(paths: &[syn::Path], name: &TokenStream) -> TokenStream {
    if paths.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(unused_imports, dead_code, non_upper_case_globals)]
        const #name: () = { #(use #paths as _;)* };
    }
}

/// What the typed path of the route takes for a param. A trait and not an alias, because the type may be
/// private to the route file, and rustc looks through an alias:
///
/// ```text
/// pub trait __bff_show_id_2: Display {}
/// impl<T: UrlArgument<u64>> __bff_show_id_2 for T {}
/// ```
fn url_argument(cfgs: &[&Attribute], entry: &Ident, param: &str, ty: TokenStream) -> TokenStream {
    let name = url_argument_ident(entry, param);
    let message = format!("`{{Self}}` is not the `{param}` of this route");
    let label = format!("its handlers take `{param}` as `{}`", spelled(&ty));
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_camel_case_types, unreachable_pub, dead_code)]
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = "the value has to implement `Display`, which is how it gets into the path")]
        pub trait #name: ::bff::__private::Display {}
        #(#cfgs)*
        #[diagnostic::do_not_recommend]
        impl<__T: ::bff::__private::UrlArgument<#ty>> #name for __T {}
    }
}

/// A type as its author writes it, for a message; braces would be read as a format.
fn spelled(ty: &TokenStream) -> String {
    ty.to_string()
        .replace(" :: ", "::")
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(['{', '}'], "")
}

/// The name of that trait. Its length keeps `show` with `post_id` apart from `show_post` with `id`.
pub(super) fn url_argument_ident(entry: &Ident, param: &str) -> Ident {
    format_ident!("{entry}_{param}_{}", param.len())
}

/// The name of a handler's entry.
pub(super) fn entry_ident(function: &Ident) -> Ident {
    format_ident!("__bff_{}", function.unraw(), span = Span::call_site())
}

fn cfgs(function: &ItemFn) -> impl Iterator<Item = &Attribute> {
    function.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"))
}

fn run(
    function: &ItemFn,
    handler: &Handler,
    (skipped, kind): (usize, RouteKind),
    disguise: Option<Disguise<'_>>,
) -> TokenStream {
    let each = disguise.and_then(|disguise| disguise.each);
    let Called { state, prepared, probe, needs_axum, call, returned, extracted } =
        Called::new(function, handler, skipped, kind, each);
    let reply = quote_spanned! { returned => ::bff::__private::IntoReply::into_reply(#call) };
    let splits = disguise.is_some_and(|disguise| disguise.splits);
    let url = splits.then(|| quote! { let __url = ::bff::__private::metadata::url(&__request); });
    let reply = match disguise {
        Some(Disguise { content_type, .. }) => {
            let reply = match splits {
                true => {
                    quote! { ::bff::__private::metadata::split_sitemap(#reply, __url.as_ref()) }
                }
                false => reply,
            };
            quote! { ::bff::__private::metadata::finish(#reply, #content_type) }
        }
        None => reply,
    };
    let body = quote! {
        #url
        #prepared
        ::bff::__private::Result::Ok(#reply)
    };
    // The future stands at the function's name: that is where rustc says that it is not `Send`.
    let span = function.sig.ident.span();
    let future = quote_spanned! { span => ::bff::__private::Box::pin(async move { #body }) };
    let info = info(function, handler);
    // What is listed can be made beforehand.
    let listed = each.filter(|each| each.is_only_param).map(|Each { list, suffix, .. }| {
        quote! {
            .static_params(::bff::__private::StaticParams::new(|__state| {
                ::bff::__private::metadata::as_params(__state, #list.ids, #suffix)
            }))
        }
    });
    let list = each.map(|each| &each.list);
    let reads = cache::reads(handler, &extracted, list);
    let keyed = cache::keyed(handler, &extracted, list);
    let split = splits.then(|| quote! { .split() });
    let suffix = each
        .filter(|each| !each.suffix.is_empty())
        .map(|Each { suffix, .. }| quote! { .suffix(#suffix) });
    let draft = cache::draft_keys(handler);
    quote! {
        fn __run(
            __request: ::bff::__private::Request,
            __state: &::bff::__private::Arc<super::__BffState>,
        ) -> ::bff::__private::HandlerFuture {
            #state
            #future
        }
        #probe
        #keyed
        ::bff::__private::Entry::function(#info #reads #split #suffix, #needs_axum, __run) #listed #draft
    }
}

fn factory(function: &ItemFn, handler: &Handler) -> TokenStream {
    let name = &function.sig.ident;
    let types = types(function);
    let info = info(function, handler);
    quote! {
        fn __make(__state: &super::__BffState) -> ::bff::__private::SharedHandler {
            ::bff::__private::SharedHandler::new(#name(
                #(<#types as ::bff::__private::FromState<super::__BffState>>::from_state(__state)),*
            ))
        }
        ::bff::__private::Entry::factory(#info, __make)
    }
}

pub(super) fn info(function: &ItemFn, handler: &Handler) -> TokenStream {
    let name = &handler.name;
    let methods = handler.methods.iter().map(|method| method.as_str());
    let docs: Vec<String> = function.attrs.iter().filter_map(doc_line).collect();
    let docs = docs.join("\n");
    let policy = policies::of_handler(handler);
    let names = &handler.require;
    let required = (!names.is_empty()).then(|| quote! { .requirements_named(&[#(#names),*]) });
    let is_static = handler.force_static.then(|| quote! { .force_static() });
    let info = if handler.every_method {
        quote! { ::bff::__private::HandlerInfo::every_method(#name, #docs) }
    } else {
        quote! { ::bff::__private::HandlerInfo::new(#name, &[#(#methods),*], #docs) }
    };
    quote! { #info #policy #required #is_static }
}

/// The params that stand for one value, with their types, for the typed path of the route. An argument that is
/// there twice is rustc's to report.
fn param_types<'a>(
    function: &'a ItemFn,
    handler: &'a Handler,
) -> impl Iterator<Item = (Ident, &'a Type)> {
    let params = handler.arguments.iter().zip(types(function)).enumerate();
    params.filter_map(|(place, (argument, ty))| match argument {
        Argument::Param { segment: Segment::Param(name), .. }
            if !handler.arguments[..place].contains(argument) =>
        {
            Some((ident(&name.argument).unraw(), ty))
        }
        _ => None,
    })
}
