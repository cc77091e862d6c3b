//! The head of one handler, and what is wrong with it.

use proc_macro2::Span;
use syn::ItemFn;

use super::{RouteHandler, place::Place};
use crate::{
    AttributeArgs, Diagnostic, Diagnostics, Handler, Location, Mistake, Reporter, RouteKind,
    is_handler_attribute,
    lexer::Head,
    pages_index,
    syntax::{arguments, cfg, doc_line, offset_of},
};

/// Reads a head that has one of `ours` among its attributes.
pub(crate) fn read_head(
    head: &Head<'_>,
    ours: fn(&str) -> bool,
    read: impl FnOnce(&ItemFn, AttributeArgs, &mut Vec<Mistake>) -> Handler,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<RouteHandler> {
    let Ok(function) = syn::parse_str::<ItemFn>(&format!("{} {{}}", head.text)) else {
        let &(name, offset) = head.attributes.iter().find(|(name, _)| ours(name))?;
        // A function that does not parse is rustc's to report; anything else carries the attribute wrongly.
        if let Some(mistake) = Mistake::not_a_function(name, head.text.parse().unwrap_or_default())
        {
            diagnostics.push(of_attribute(mistake, place.at(offset)));
        }
        return None;
    };
    let mut mistakes = Vec::new();
    let mut attributes = AttributeArgs::default();
    for attribute in &function.attrs {
        if let Some(name) = attribute.path().segments.last()
            && ours(&name.ident.to_string())
        {
            attributes.add(&name.ident, arguments(attribute), &mut mistakes);
        }
    }
    let handler = read(&function, attributes, &mut mistakes);
    for mistake in mistakes {
        let location = place.at(head.offset + offset_of(head.text, mistake.span.start()));
        diagnostics.push(of_attribute(mistake, location));
    }
    let name_offset = head.function.map_or(head.offset, |(_, offset)| offset);
    Some(RouteHandler {
        handler,
        location: place.at(name_offset),
        cfgs: function.attrs.iter().filter_map(cfg).collect(),
        docs: function.attrs.iter().filter_map(doc_line).collect(),
    })
}

/// True when an attribute of the head belongs to the other convention, which is then reported. The attribute itself
/// knows the name of its file; only when that tells nothing does `app!` speak.
pub(super) fn of_the_other_kind(
    head: &Head<'_>,
    kind: RouteKind,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mistake = head.attributes.iter().find_map(|&(name, offset)| {
        let handler = is_handler_attribute(name).then_some(name)?;
        Some((Mistake::of_the_other_kind(handler, kind, Span::call_site())?, offset))
    });
    let Some((mistake, offset)) = mistake else { return false };
    let names: Vec<&str> = place.file.split('/').collect();
    let misleading = match kind {
        RouteKind::App => pages_index(&names).is_some(),
        RouteKind::Pages => names.last() == Some(&"route.rs"),
        RouteKind::Metadata => false,
    };
    let mut diagnostic = of_attribute(mistake, place.at(offset));
    if misleading {
        diagnostic.reporter = Reporter::Tree;
    }
    diagnostics.push(diagnostic);
    true
}

/// A mistake that the attribute reports during a build.
pub(crate) fn of_attribute(mistake: Mistake, location: Location) -> Diagnostic {
    Diagnostic {
        code: mistake.code,
        message: mistake.message,
        location,
        excerpt: None,
        related: Vec::new(),
        help: mistake.help,
        reporter: Reporter::Attribute,
    }
}
