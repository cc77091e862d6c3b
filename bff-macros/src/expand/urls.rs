use std::collections::BTreeMap;

use bff_tree::{MetadataForm, MetadataKind, Route, Segment, ident, module_ident, url_module_ident};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{handler::url_argument_ident, table::cfgs};

/// The typed path functions, in modules that follow the URL:
///
/// ```text
/// pub mod posts {
///     pub mod id {
///         pub fn path(id: impl UrlArgument<super::super::super::__bff__posts___lid_r::__bff_show_id_2>) -> String {
///             url(&["/posts/", ""], &[&id])
///         }
///     }
/// }
/// ```
pub(super) fn urls(routes: &[Route]) -> TokenStream {
    let mut root = Node::default();
    for route in routes {
        let mut node = &mut root;
        for segment in route.pattern.segments() {
            node = node.children.entry(key(segment)).or_default();
        }
        // Of two routes with one URL the first has the function; the second has been reported.
        node.route.get_or_insert(route);
    }
    root.tokens(1)
}

#[derive(Default)]
struct Node<'a> {
    route: Option<&'a Route>,
    children: BTreeMap<(String, String), Node<'a>>,
}

/// The readable name first, so that look-alikes stand beside each other; then what tells them apart.
fn key(segment: &Segment) -> (String, String) {
    let text = match segment {
        Segment::Literal(text) | Segment::Group(text) | Segment::Private(text) => text,
        Segment::Param(name) | Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => {
            &name.argument
        }
    };
    let distinct = if segment.param().is_some() { format!("[{text}]") } else { text.clone() };
    (url_module_ident(text).to_string(), distinct)
}

impl Node<'_> {
    /// `depth` counts the modules between here and the one that calls `app!`.
    fn tokens(&self, depth: usize) -> TokenStream {
        let path = self.route.map(|route| path_function(route, depth));
        let mut previous: Option<&str> = None;
        let children = self.children.iter().map(|((name, distinct), child)| {
            // `a-b` and `a_b` would be one module; all but the first carry their exact spelling.
            let module = if previous == Some(name) {
                module_ident(distinct)
            } else {
                ident(name.trim_start_matches("r#"))
            };
            previous = Some(name);
            let inner = child.tokens(depth + 1);
            quote! { pub mod #module { #inner } }
        });
        quote! { #path #(#children)* }
    }
}

fn path_function(route: &Route, depth: usize) -> TokenStream {
    let mut literals = vec![String::new()];
    let mut params: Vec<Ident> = Vec::new();
    let mut types = Vec::new();
    let mut rest = None;
    for segment in route.pattern.segments() {
        let literal = literals.last_mut().map_or_else(String::new, std::mem::take);
        match segment {
            Segment::Literal(text) => {
                // One literal segment, encoded by the pattern's own rule.
                let encoded = bff_tree::RoutePattern::new(&[Segment::Literal(text.clone())])
                    .axum_patterns()
                    .concat();
                set_last(&mut literals, literal + &encoded.replace("{{", "{").replace("}}", "}"));
            }
            Segment::Param(name) => {
                set_last(&mut literals, literal + "/");
                literals.push(String::new());
                let param = ident(&name.argument);
                // A name that stands twice has been reported; two arguments of one name would be a second error.
                let twice = params.contains(&param);
                params.push(if twice {
                    format_ident!("{}_{}", name.argument, params.len())
                } else {
                    param
                });
                types.push(argument_type(route, &name.argument, depth));
            }
            Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => {
                set_last(&mut literals, literal);
                let param = ident(&name.argument);
                rest = Some(if params.contains(&param) {
                    format_ident!("{}_rest", name.argument)
                } else {
                    param
                });
            }
            Segment::Group(_) | Segment::Private(_) => set_last(&mut literals, literal),
        }
    }
    // The sitemap of an id has it in its file name (MDS-09).
    let of_id = route.metadata.as_deref().filter(|metadata| metadata.form == MetadataForm::Each);
    if of_id.is_some_and(|metadata| metadata.kind == MetadataKind::Sitemap) {
        set_last(&mut literals, ".xml".to_owned());
    }
    let cfgs = cfgs(&route.content.cfgs);
    let docs = format!("The path of `{}` with these params, encoded.", route.pattern);
    let arguments = quote! { #(#params: #types,)* };
    let params = quote! { &[#(&#params),*] };
    match rest {
        None => quote! {
            #cfgs
            #[doc = #docs]
            pub fn path(#arguments) -> ::bff::__private::String {
                ::bff::__private::url(&[#(#literals),*], #params)
            }
        },
        Some(rest) => quote! {
            #cfgs
            #[doc = #docs]
            pub fn path(#arguments #rest: impl ::bff::__private::UrlRest) -> ::bff::__private::String {
                ::bff::__private::url_rest(&[#(#literals),*], #params, ::bff::__private::UrlRest::segments(#rest))
            }
        },
    }
}

fn set_last(literals: &mut [String], text: String) {
    if let Some(last) = literals.last_mut() {
        *last = text;
    }
}

/// The type that the route's handlers take the param as; anything that displays when none of them takes it.
fn argument_type(route: &Route, param: &str, depth: usize) -> TokenStream {
    let mut handlers = route.content.handlers.iter();
    let taker = handlers.find(|handler| handler.cfgs.is_empty() && handler.handler.takes(param));
    match taker {
        Some(handler) => {
            let up = (0..depth).map(|_| quote! { super:: });
            let module = route.module();
            let entry = format_ident!("__bff_{}", handler.handler.name.trim_start_matches("r#"));
            let taken = url_argument_ident(&entry, param);
            quote! { impl #(#up)* #module::#taken }
        }
        None => quote! { impl ::bff::__private::Display },
    }
}
