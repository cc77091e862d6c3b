use proc_macro2::Span;

use super::{MetadataAttribute, MetadataKind, MetadataName, metadata_elsewhere, metadata_function};
use crate::{
    Code, Diagnostics, Location, RouteHandler, RoutePattern, is_handler_attribute,
    lexer::{self, Head, Outline},
    route_file::{
        Place, conditional_attributes, near_attribute, nested_handlers, of_attribute, one_of_each,
        read_head,
    },
    syntax::inner_cfg,
};

/// The functions of a metadata file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetadataCode {
    /// What answers. More than one when `cfg`s choose between them.
    pub functions: Vec<RouteHandler>,
    /// What lists the ids, when there are several.
    pub list: Option<RouteHandler>,
    /// The predicates of the file's own `#![cfg(…)]`s.
    pub cfgs: Vec<String>,
}

impl MetadataCode {
    /// The name of the function in a file of this kind that lists ids, if there is one.
    pub fn list_in(text: &str, kind: MetadataKind) -> Option<String> {
        list(&lexer::outline(text), kind)
            .and_then(|head| head.function)
            .map(|(name, _)| name.to_owned())
    }

    /// Reads the file `name` of this folder. Everything wrong with it is added to `diagnostics`, but for what is no
    /// Rust: rustc reports it better.
    pub(crate) fn read(
        file: &str,
        text: &str,
        (name, folder): (&MetadataName, &RoutePattern),
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let outline = lexer::outline(text);
        let place = Place { file, text };
        let listed = list(&outline, name.kind).is_some();
        let cfgs = outline.inner_attributes.iter().filter_map(|text| inner_cfg(text)).collect();
        let mut found = Self { cfgs, ..Self::default() };
        let before = diagnostics.len();
        let mut lists = Vec::new();
        for head in &outline.heads {
            let Some((word, offset, attribute)) = meant(head) else { continue };
            let Some(attribute) = attribute.filter(|attribute| attribute.kind == name.kind) else {
                let file_name = file.rsplit('/').next().unwrap_or(file);
                let mistake = metadata_elsewhere(word, file_name, Span::call_site());
                diagnostics.extend(mistake.map(|mistake| of_attribute(mistake, place.at(offset))));
                continue;
            };
            let read = |function: &_, attributes, mistakes: &mut _| {
                metadata_function(function, attributes, (name, folder), listed, mistakes)
            };
            let read = read_head(head, is_ours, read, place, diagnostics);
            if attribute.lists {
                lists.extend(read);
            } else {
                found.functions.extend(read);
            }
        }
        nested_handlers(&outline, is_ours, place, diagnostics);
        conditional_attributes(&outline, is_ours, place, diagnostics);
        // What could not be read, or stands elsewhere, is an error of its own.
        if found.functions.is_empty() && diagnostics.len() == before {
            missing(&outline, (name.kind, listed), place, diagnostics);
        }
        one_of_each(&found.functions, Code::MetadataFunction, diagnostics);
        one_of_each(&lists, Code::MetadataFunction, diagnostics);
        found.list = lists.into_iter().next();
        found
    }
}

/// The item that lists ids.
fn list<'a, 'b>(outline: &'b Outline<'a>, kind: MetadataKind) -> Option<&'b Head<'a>> {
    let plural = kind.plural()?;
    outline.heads.iter().find(|head| {
        head.function.is_some() && head.attributes.iter().any(|(name, _)| *name == plural)
    })
}

fn is_ours(name: &str) -> bool {
    MetadataAttribute::of(name).is_some() || is_handler_attribute(name)
}

/// The first attribute of ours with its place, and what it means for metadata.
fn meant<'a>(head: &Head<'a>) -> Option<(&'a str, usize, Option<MetadataAttribute>)> {
    let &(name, offset) = head.attributes.iter().find(|(name, _)| is_ours(name))?;
    Some((name, offset, MetadataAttribute::of(name)))
}

/// There is no function that answers.
fn missing(
    outline: &Outline<'_>,
    (kind, listed): (MetadataKind, bool),
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(attribute) = kind.attribute() else { return };
    let misspelt =
        outline.heads.iter().find_map(|head| near_attribute(head, MetadataAttribute::misspelt));
    if let Some((name, offset, near)) = misspelt {
        let message = format!("`#[{name}]` is not an attribute of a metadata function");
        diagnostics.misspelt_attribute(place.at(offset), message, &near);
        return;
    }
    let plural = kind.plural().unwrap_or_default();
    let bare = outline.heads.iter().filter_map(|head| head.function);
    let bare = bare.into_iter().find(|(name, _)| *name == attribute);
    let (location, message) = match bare {
        _ if listed => (
            Location::file(place.file),
            format!("`#[{plural}]` lists ids, and no function makes what they stand for"),
        ),
        Some((name, offset)) => {
            (place.at(offset), format!("`{name}` has no attribute, so it serves nothing"))
        }
        None => (Location::file(place.file), format!("this file has no `#[{attribute}]` function")),
    };
    let help = match bare {
        Some(_) if !listed => format!("put `#[bff::metadata::{attribute}]` above it"),
        _ if listed => {
            format!("add `#[bff::metadata::{attribute}]` above a function that takes an `id`")
        }
        _ => format!(
            "put `#[bff::metadata::{attribute}]` above the function that makes it, or rename the file"
        ),
    };
    diagnostics.tree(Code::MetadataFunction, location, message, help);
}
