use proc_macro2::Span;
use syn::{ItemFn, spanned::Spanned};

use super::{MetadataAttribute, MetadataName, metadata_pattern, route::ID};
use crate::{
    Argument, AttributeArgs, Code, Handler, HandlerForm, Mistake, RoutePattern,
    is_handler_attribute,
};

/// Reads the function of a metadata file: a handler of GET with a few rules of its own. `listed` tells whether another
/// function of the file lists ids. Mistakes are collected.
pub fn metadata_function(
    function: &ItemFn,
    attributes: AttributeArgs,
    (name, folder): (&MetadataName, &RoutePattern),
    listed: bool,
    mistakes: &mut Vec<Mistake>,
) -> Handler {
    let lists = attributes.metadata.is_some_and(|attribute| attribute.lists);
    let each = listed && !lists;
    let pattern = metadata_pattern(folder, name, each);
    if attributes.every_method || attributes.methods.len() > 1 {
        mistakes.push(Mistake {
            code: Code::MetadataFunction,
            message: "a metadata function answers GET, and nothing else".to_owned(),
            help: "remove the other attribute; what answers other methods goes into a `route.rs`"
                .to_owned(),
            span: function.sig.ident.span(),
        });
    }
    let handler = Handler::read(function, attributes, &pattern, mistakes);
    if handler.form == HandlerForm::Factory {
        mistakes.push(Mistake {
            code: Code::MetadataFunction,
            message: "a metadata function runs for each request, and makes no handler".to_owned(),
            help: "return the response itself".to_owned(),
            span: function.sig.output.span(),
        });
    }
    if lists {
        refuse_cfg(function, mistakes);
    }
    if each && !takes_id(&handler) {
        mistakes.push(Mistake {
            code: Code::MetadataId,
            message: format!(
                "`#[{}]` lists ids, and `{}` does not take one",
                name.kind.plural().unwrap_or_default(),
                handler.name
            ),
            help: "give it an argument `id`, of a type that parses from one of them: `id: u32`"
                .to_owned(),
            span: function.sig.ident.span(),
        });
    }
    handler
}

/// A list names what another function asks for, so it cannot be missing in some builds.
fn refuse_cfg(function: &ItemFn, mistakes: &mut Vec<Mistake>) {
    let cfg = function.attrs.iter().find(|attribute| attribute.path().is_ident("cfg"));
    if let Some(cfg) = cfg {
        mistakes.push(Mistake {
            code: Code::MetadataFunction,
            message: "a list of ids is there in every build".to_owned(),
            help: "decide inside of the function which ids there are".to_owned(),
            span: cfg.span(),
        });
    }
}

/// True when a handler takes the last segment of its URL.
fn takes_id(handler: &Handler) -> bool {
    handler.arguments.iter().any(|argument| match argument {
        Argument::Param { segment, .. } => segment.param().is_some_and(|name| name.argument == ID),
        Argument::Extractor => false,
    })
}

/// An attribute in a file where it has no meaning: that of a metadata function anywhere but in its own file, or that of
/// a handler in a metadata file. `None` when the attribute is neither.
pub fn metadata_elsewhere(attribute: &str, file_name: &str, span: Span) -> Option<Mistake> {
    let of_file = MetadataName::of(file_name).filter(|name| name.extension.is_none());
    let of_file = of_file.and_then(|name| name.kind.attribute());
    let (code, help) = match MetadataAttribute::of(attribute) {
        Some(MetadataAttribute { kind, .. }) => {
            let place = if kind.is_of_root() { "directly in" } else { "of" };
            let own = format!("`{}.rs` {place} the app folder", kind.base());
            let help = match of_file {
                Some(right) => {
                    format!(
                        "the function here is `#[bff::metadata::{right}]`; `#[{attribute}]` stands in {own}"
                    )
                }
                None => format!("put the function into {own}"),
            };
            (Code::MetadataAttribute, help)
        }
        None if is_handler_attribute(attribute) => {
            let right = of_file?;
            let help = format!(
                "the function here is `#[bff::metadata::{right}]`, which answers GET; any other handler stands in a `route.rs`"
            );
            (Code::OutsideRouteFile, help)
        }
        None => return None,
    };
    Some(Mistake {
        code,
        message: format!("`#[{attribute}]` has no meaning in `{file_name}`"),
        help,
        span,
    })
}
