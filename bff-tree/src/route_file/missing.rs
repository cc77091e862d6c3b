//! Handlers that are meant to be there and are not.

use proc_macro2::TokenTree;
use syn::{Attribute, ItemFn, Meta};

use super::{is_handler, place::Place};
use crate::{
    Code, Diagnostics, Location, Method, RouteKind, api_file, attribute,
    lexer::{Head, Outline},
};

/// `#[cfg_attr(…, get)]`: whether there is a handler is not known here, so `app!` would not route it. True when
/// there is one.
pub(crate) fn conditional_attributes(
    outline: &Outline<'_>,
    ours: fn(&str) -> bool,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut found = false;
    for head in outline.heads.iter().filter(|head| head.function.is_some()) {
        let Some(&(_, offset)) = head.attributes.iter().find(|(name, _)| *name == "cfg_attr")
        else {
            continue;
        };
        let Ok(function) = syn::parse_str::<ItemFn>(&format!("{} {{}}", head.text)) else {
            continue;
        };
        let Some(name) = function.attrs.iter().find_map(|set| conditional_handler(set, ours))
        else {
            continue;
        };
        found = true;
        diagnostics.tree(
            Code::ConditionalAttribute,
            place.at(offset),
            format!("`#[{name}]` inside a `cfg_attr` is not seen, so nothing routes this handler"),
            format!("write `#[cfg(…)]` and `#[{name}]`, each on its own"),
        );
    }
    found
}

/// The handler attribute that a `cfg_attr` sets.
fn conditional_handler(attribute: &Attribute, ours: fn(&str) -> bool) -> Option<String> {
    let Meta::List(list) = &attribute.meta else { return None };
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    let set = list
        .tokens
        .clone()
        .into_iter()
        .skip_while(|token| !matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','));
    set.filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    })
    .find(|word| ours(word))
}

/// Functions named like a method, without an attribute. `GET` is never meant for anything else; `get` may be a
/// helper, unless the file has no handler at all. Tells whether there were any.
pub(super) fn missing_attributes(
    outline: &Outline<'_>,
    no_handlers: bool,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut any = false;
    for head in outline
        .heads
        .iter()
        .filter(|head| !is_handler(head) && near_handler(head, RouteKind::App).is_none())
    {
        let Some((function, offset)) = head.function else { continue };
        let Some(method) = Method::from_attribute(&function.to_ascii_lowercase()) else { continue };
        if no_handlers || function == method.as_str() {
            any = true;
            diagnostics.tree(
                Code::MissingAttribute,
                place.at(offset),
                format!("`{function}` looks like a handler but has no handler attribute"),
                format!(
                    "put `#[bff::{}]` above it; the function's name is free",
                    method.as_str().to_ascii_lowercase()
                ),
            );
        }
    }
    any
}

pub(super) fn no_handler(
    outline: &Outline<'_>,
    kind: RouteKind,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) {
    let misspelt = outline.heads.iter().find_map(|head| near_handler(head, kind));
    if let Some((name, offset, near)) = misspelt {
        let message = format!("`#[{name}]` is not a handler attribute");
        diagnostics.misspelt_attribute(place.at(offset), message, &near);
        return;
    }
    if kind == RouteKind::Pages {
        return api_file::no_api(place.file, diagnostics);
    }
    diagnostics.tree(
        Code::NoHandler,
        Location::file(place.file),
        "this route file has no handler",
        "add one, such as `#[bff::get] async fn index() -> &'static str { \"hello\" }`, or rename the file",
    );
}

/// An attribute that is nearly a handler attribute, with its place and the one that it was meant to be.
fn near_handler<'a>(head: &Head<'a>, kind: RouteKind) -> Option<(&'a str, usize, String)> {
    near_attribute(head, |name| attribute::misspelt(name, kind))
}

/// The same for any attributes of functions, of which `near` tells the one that a word was meant to be.
pub(crate) fn near_attribute<'a>(
    head: &Head<'a>,
    near: impl Fn(&str) -> Option<String>,
) -> Option<(&'a str, usize, String)> {
    head.function?;
    head.attributes.iter().find_map(|&(name, offset)| Some((name, offset, near(name)?)))
}
