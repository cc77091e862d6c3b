//! What one route file has in it.

mod clash;
mod head;
mod missing;
mod nesting;
mod place;
mod static_params;

use crate::{
    Diagnostics, Handler, Location, RouteKind, RoutePattern, StaticParams, api_file,
    is_handler_attribute,
    lexer::{self, Head},
    syntax::inner_cfg,
};

use self::{
    clash::duplicate_methods,
    head::of_the_other_kind,
    missing::{missing_attributes, no_handler},
    static_params::static_params,
};
pub(crate) use self::{
    clash::one_of_each,
    head::{of_attribute, read_head},
    missing::{conditional_attributes, near_attribute},
    nesting::nested_handlers,
    place::Place,
};

/// What the tree needs to know of one `route.rs`, or of one file below `pages/api`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteFile {
    /// The handlers in the order written.
    pub handlers: Vec<RouteHandler>,
    /// The function that lists for which params its GET handler is made beforehand (RH-317), and where its attribute
    /// stands. More than one when `cfg`s choose between them.
    pub static_params: Vec<(StaticParams, Location)>,
    /// The predicates of the file's own `#![cfg(…)]`s.
    pub cfgs: Vec<String>,
}

/// A handler in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteHandler {
    /// Its signature and attributes.
    pub handler: Handler,
    /// Where its name stands.
    pub location: Location,
    /// The predicates of its `#[cfg(…)]`s.
    pub cfgs: Vec<String>,
    /// Its doc comment, one line each, trimmed.
    pub docs: Vec<String>,
}

impl RouteFile {
    /// Reads a route file that serves `pattern`.
    ///
    /// Everything wrong with it is added to `diagnostics`. A file that is not Rust gives no diagnostic here:
    /// rustc reports it better.
    pub fn read(
        file: &str,
        text: &str,
        pattern: &RoutePattern,
        kind: RouteKind,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let outline = lexer::outline(text);
        let place = Place { file, text };
        let mut unread = false;
        let mut handlers = Vec::new();
        for head in outline.heads.iter().filter(|head| is_handler(head)) {
            if of_the_other_kind(head, kind, place, diagnostics) {
                unread = true;
                continue;
            }
            let read = |function: &_, attributes, mistakes: &mut _| {
                Handler::read(function, attributes, pattern, mistakes)
            };
            match read_head(head, is_handler_attribute, read, place, diagnostics) {
                Some(handler) => handlers.push(handler),
                None => unread = true,
            }
        }
        nested_handlers(&outline, is_handler_attribute, place, diagnostics);
        let static_params = match kind {
            RouteKind::App => static_params(&outline, (&handlers, pattern), place, diagnostics),
            RouteKind::Pages | RouteKind::Metadata => Vec::new(),
        };
        let conditional =
            conditional_attributes(&outline, is_handler_attribute, place, diagnostics);
        let forgotten = match kind {
            RouteKind::App | RouteKind::Metadata => {
                duplicate_methods(&handlers, diagnostics);
                missing_attributes(&outline, handlers.is_empty(), place, diagnostics)
            }
            RouteKind::Pages => {
                api_file::two_apis(&handlers, diagnostics);
                false
            }
        };
        // A head that could not be read is an error of its own, and so is a handler in the wrong place;
        // saying "no handler" as well would be a second message for one mistake.
        let nested = outline.nested_attributes.iter().any(|(name, _)| is_handler_attribute(name));
        if handlers.is_empty() && !unread && !nested && !forgotten && !conditional {
            no_handler(&outline, kind, place, diagnostics);
        }
        let cfgs = outline.inner_attributes.iter().filter_map(|text| inner_cfg(text)).collect();
        Self { handlers, static_params, cfgs }
    }

    /// True when the text has a handler attribute at top level.
    pub(crate) fn has_handlers(text: &str) -> bool {
        lexer::outline(text).heads.iter().any(is_handler)
    }

    /// True when the text has `#[api]` at top level.
    pub(crate) fn has_api(text: &str) -> bool {
        let outline = lexer::outline(text);
        outline.heads.iter().flat_map(|head| &head.attributes).any(|(name, _)| *name == "api")
    }
}

fn is_handler(head: &Head<'_>) -> bool {
    head.attributes.iter().any(|(name, _)| is_handler_attribute(name))
}
