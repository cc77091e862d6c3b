use syn::{Attribute, ItemFn};

use crate::{
    Code, Constants, Diagnostic, Diagnostics, Excerpt, Location, Proxy, ProxyMistake, Reporter,
    lexer,
    syntax::{arguments, offset_of},
};

/// The proxy of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyFile {
    /// The file relative to the package: `proxy.rs`.
    pub file: String,
    /// True for `middleware.rs`, which is the old name (PX-08).
    pub deprecated_name: bool,
}

/// Reads a proxy file: whether it has a proxy function, and what is wrong with it.
pub(crate) fn read(file: &str, text: &str, diagnostics: &mut Diagnostics) -> bool {
    let outline = lexer::outline(text);
    let at = |offset| Location::at(file, text, offset);
    let mut found: Option<Location> = None;
    for head in &outline.heads {
        let Some(&(_, offset)) = head.attributes.iter().find(|(name, _)| *name == "proxy") else {
            continue;
        };
        let place = at(head.function.map_or(offset, |(_, offset)| offset));
        if let Some(first) = &found {
            diagnostics
                .tree(
                    Code::ProxyFunction,
                    place,
                    "a second proxy function",
                    "keep one; it can call others",
                )
                .related
                .push(first.clone());
            continue;
        }
        found = Some(place);
        let Ok(function) = syn::parse_str::<ItemFn>(&format!("{} {{}}", head.text)) else {
            continue;
        };
        let arguments =
            function.attrs.iter().find(|it| is_proxy(it)).map(arguments).unwrap_or_default();
        let mut mistakes = Vec::new();
        Proxy::read(&function, arguments, &Constants::of_file(text), &mut mistakes);
        for mistake in mistakes {
            diagnostics.push(diagnostic(file, text, head.offset, head.text, mistake));
        }
    }
    if found.is_some() {
        return true;
    }
    let function = outline
        .heads
        .iter()
        .find_map(|head| head.function.filter(|(name, _)| matches!(*name, "proxy" | "middleware")));
    let location = function.map_or_else(|| Location::file(file), |(_, offset)| at(offset));
    diagnostics.tree(
        Code::ProxyFunction,
        location,
        "this proxy file has no proxy function at its top level",
        "put `#[bff::proxy]` above `async fn proxy(request: bff::Request) -> bff::proxy::Proxied`, or rename the file",
    );
    false
}

/// A mistake in a head that stands at `offset` of the file.
fn diagnostic(
    file: &str,
    text: &str,
    offset: usize,
    head: &str,
    ProxyMistake { mistake, carets }: ProxyMistake,
) -> Diagnostic {
    let token = offset + offset_of(head, mistake.span.start());
    let inside = carets.as_ref().and_then(|carets| carets.at.clone());
    let at = inside.map_or(token..token, |at| token + at.start..token + at.end);
    Diagnostic {
        code: mistake.code,
        message: mistake.message,
        location: Location::at(file, text, text.floor_char_boundary(at.start)),
        excerpt: carets.is_some().then(|| Excerpt::of(text, at)),
        related: Vec::new(),
        help: mistake.help,
        reporter: Reporter::Attribute,
    }
}

fn is_proxy(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "proxy")
}
