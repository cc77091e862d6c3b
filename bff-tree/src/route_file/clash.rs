//! Two handlers of one file that would both answer a request.

use super::RouteHandler;
use crate::{Code, Diagnostics, Handler, Method};

impl RouteHandler {
    /// What this handler and one before it in the file both answer, if anything: a mistake when a build has both.
    pub fn clash(&self, first: &Self) -> Option<(Code, String)> {
        let (one, other) = (&first.handler, &self.handler);
        if one.every_method && other.every_method {
            let message =
                format!("`{}` and `{}` would both answer every request", one.name, other.name);
            return Some((Code::TwoApis, message));
        }
        let method = other.methods.iter().find(|method| one.methods.contains(method))?;
        Some((Code::DuplicateMethod, handled_twice(method, one, other)))
    }
}

/// One method, one handler. Handlers with a `cfg` may share one: which of them exist is not known here, and
/// the expansion checks it.
pub(super) fn duplicate_methods(handlers: &[RouteHandler], diagnostics: &mut Diagnostics) {
    for (index, second) in handlers.iter().enumerate() {
        for method in &second.handler.methods {
            let first =
                handlers[..index].iter().find(|first| first.handler.methods.contains(method));
            if let Some(first) =
                first.filter(|first| first.cfgs.is_empty() || second.cfgs.is_empty())
            {
                diagnostics
                    .tree(
                        Code::DuplicateMethod,
                        second.location.clone(),
                        handled_twice(method, &first.handler, &second.handler),
                        "keep one handler for each method",
                    )
                    .related
                    .push(first.location.clone());
            }
        }
    }
}

/// One function where a file has one. Those with a `cfg` may be several, as above.
pub(crate) fn one_of_each(functions: &[RouteHandler], code: Code, diagnostics: &mut Diagnostics) {
    for (index, second) in functions.iter().enumerate() {
        let first =
            functions[..index].iter().find(|first| first.cfgs.is_empty() || second.cfgs.is_empty());
        if let Some(first) = first {
            let (one, other) = (&first.handler.name, &second.handler.name);
            diagnostics
                .tree(
                    code,
                    second.location.clone(),
                    format!("`{one}` and `{other}` would both answer every request"),
                    "keep one of them",
                )
                .related
                .push(first.location.clone());
        }
    }
}

fn handled_twice(method: &Method, one: &Handler, other: &Handler) -> String {
    format!("`{method}` is handled twice, by `{}` and by `{}`", one.name, other.name)
}
