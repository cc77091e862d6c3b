//! The function of a route file that lists its params.

use syn::ItemFn;

use super::{RouteHandler, head::of_attribute, place::Place};
use crate::{
    Diagnostics, Location, RoutePattern, StaticParams,
    lexer::{Head, Outline},
    static_params::ATTRIBUTE,
    syntax::{arguments, cfg, offset_of},
};

/// The first one, and those that a `cfg` puts in its place; a second beside it is reported. What does not parse is
/// rustc's to report.
pub(super) fn static_params(
    outline: &Outline<'_>,
    route: (&[RouteHandler], &RoutePattern),
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<(StaticParams, Location)> {
    let mut found: Vec<(StaticParams, Location)> = Vec::new();
    for head in &outline.heads {
        let Some((function, offset)) = function(head) else { continue };
        let conditional = function.attrs.iter().filter_map(cfg).next().is_some();
        let first = found.iter().find(|(first, _)| first.cfgs.is_empty() || !conditional);
        if let Some((first, at)) = first {
            let (code, message) =
                StaticParams::second(&first.name, &function.sig.ident.to_string());
            let help = "keep one; it can list what both do";
            let second = diagnostics.tree(code, place.at(offset), message, help);
            second.related.push(at.clone());
        } else if let Some(listed) = read(head, &function, route, place, diagnostics) {
            found.push((listed, place.at(offset)));
        }
    }
    found
}

/// The function below the attribute, and where the attribute stands.
fn function(head: &Head<'_>) -> Option<(ItemFn, usize)> {
    let &(_, offset) = head.attributes.iter().find(|(name, _)| *name == ATTRIBUTE)?;
    Some((syn::parse_str(&format!("{} {{}}", head.text)).ok()?, offset))
}

fn read(
    head: &Head<'_>,
    function: &ItemFn,
    route: (&[RouteHandler], &RoutePattern),
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<StaticParams> {
    let (attribute, name) = function.attrs.iter().find_map(|attribute| {
        let last = attribute.path().segments.last()?;
        (last.ident == ATTRIBUTE).then_some((attribute, &last.ident))
    })?;
    let mut mistakes = Vec::new();
    let listed = StaticParams::read(function, name, arguments(attribute), route, &mut mistakes);
    for mistake in mistakes {
        let location = place.at(head.offset + offset_of(head.text, mistake.span.start()));
        diagnostics.push(of_attribute(mistake, location));
    }
    Some(listed)
}
