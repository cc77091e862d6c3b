//! The function of a route file that lists its params.

use syn::ItemFn;

use super::{RouteHandler, head::of_attribute, place::Place};
use crate::{
    Diagnostics, RoutePattern, StaticParams,
    lexer::{Head, Outline},
    static_params::ATTRIBUTE,
    syntax::{arguments, offset_of},
};

/// The first one; a second is reported. What does not parse is rustc's to report.
pub(super) fn static_params(
    outline: &Outline<'_>,
    route: (&[RouteHandler], &RoutePattern),
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<StaticParams> {
    let mut first: Option<(StaticParams, usize)> = None;
    for head in &outline.heads {
        let Some((function, offset)) = function(head) else { continue };
        match &first {
            None => first = Some((read(head, &function, route, place, diagnostics)?, offset)),
            Some((listed, at)) => {
                let (code, message, help) =
                    StaticParams::second(&listed.name, &function.sig.ident.to_string());
                let second = diagnostics.tree(code, place.at(offset), message, help);
                second.related.push(place.at(*at));
            }
        }
    }
    first.map(|(listed, _)| listed)
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
