use proc_macro2::{LineColumn, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, ExprLit, ItemFn, Lit, Meta};

use crate::{
    AttributeArgs, Code, Diagnostic, Diagnostics, Handler, Location, Method, Mistake, Reporter,
    RouteKind, RoutePattern, api_file, attribute, is_handler_attribute,
    lexer::{self, Head, Outline},
    pages_index,
};

/// What the tree needs to know of one `route.rs`, or of one file below `pages/api`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteFile {
    /// The handlers in the order written.
    pub handlers: Vec<RouteHandler>,
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
            match read_head(head, pattern, place, diagnostics) {
                Some(handler) => handlers.push(handler),
                None => unread = true,
            }
        }
        nested_handlers(&outline, place, diagnostics);
        let conditional = conditional_attributes(&outline, place, diagnostics);
        let forgotten = match kind {
            RouteKind::App => {
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
        let cfgs = outline.inner_attributes.iter().filter_map(|text| cfg_predicate(text)).collect();
        Self { handlers, cfgs }
    }

    /// True when the handler attribute that begins at this place, line and column counted from 1, stands inside
    /// another item.
    pub fn is_nested(text: &str, line: usize, column: usize) -> bool {
        let outline = lexer::outline(text);
        let top = outline
            .heads
            .iter()
            .flat_map(|head| head.attributes.iter().map(|attribute| (attribute, false)));
        let nested = outline.nested_attributes.iter().map(|attribute| (attribute, true));
        let begin = offset_of(text, LineColumn { line, column: column.saturating_sub(1) });
        let here = top
            .chain(nested)
            .filter(|((_, offset), _)| *offset > begin)
            .min_by_key(|((_, offset), _)| *offset);
        here.is_some_and(|(_, nested)| nested)
    }

    /// True when the macro call that begins at this place, line and column counted from 1, stands inside a function
    /// or an inline module. What another macro is given or makes is that macro's to place.
    pub fn is_call_nested(text: &str, line: usize, column: usize) -> bool {
        let begin = offset_of(text, LineColumn { line, column: column.saturating_sub(1) });
        lexer::enclosing_item(text, begin).is_some_and(|item| {
            let mut words = item.text.split_whitespace();
            item.function.is_some() || words.any(|word| word == "mod")
        })
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
        let message =
            format!("`{method}` is handled twice, by `{}` and by `{}`", one.name, other.name);
        Some((Code::DuplicateMethod, message))
    }
}

#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn at(self, offset: usize) -> Location {
        Location::at(self.file, self.text, offset)
    }
}

fn is_handler(head: &Head<'_>) -> bool {
    head.attributes.iter().any(|(name, _)| is_handler_attribute(name))
}

/// True when an attribute of the head belongs to the other convention, which is then reported. The attribute itself
/// knows the name of its file; only when that tells nothing does `app!` speak.
fn of_the_other_kind(
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
    };
    let mut diagnostic = of_attribute(mistake, place.at(offset));
    if misleading {
        diagnostic.reporter = Reporter::Tree;
    }
    diagnostics.push(diagnostic);
    true
}

fn read_head(
    head: &Head<'_>,
    pattern: &RoutePattern,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<RouteHandler> {
    let Ok(function) = syn::parse_str::<ItemFn>(&format!("{} {{}}", head.text)) else {
        let &(name, offset) =
            head.attributes.iter().find(|(name, _)| is_handler_attribute(name))?;
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
            && is_handler_attribute(&name.ident.to_string())
        {
            attributes.add(&name.ident, arguments(attribute), &mut mistakes);
        }
    }
    let handler = Handler::read(&function, attributes, pattern, &mut mistakes);
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

/// A mistake that the attribute reports during a build.
fn of_attribute(mistake: Mistake, location: Location) -> Diagnostic {
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

/// The tokens between an attribute's parentheses.
fn arguments(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) => TokenStream::new(),
        Meta::NameValue(pair) => pair.value.to_token_stream(),
    }
}

/// Byte offset of a position that the fallback parser gave. Inside a macro every position is the macro call's,
/// but there the attribute reports these mistakes and nobody reads the offset.
fn offset_of(text: &str, position: LineColumn) -> usize {
    let line_start: usize =
        text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(line_start..).unwrap_or("");
    line_start + line.chars().take(position.column).map(char::len_utf8).sum::<usize>()
}

fn cfg(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.to_string()),
        _ => None,
    }
}

pub(crate) fn cfg_predicate(inner: &str) -> Option<String> {
    let rest = inner.trim().strip_prefix("cfg")?.trim_start();
    rest.strip_prefix('(')?.trim_end().strip_suffix(')').map(str::to_owned)
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// Handlers must stand at top level, where `app!` can name them.
fn nested_handlers(outline: &Outline<'_>, place: Place<'_>, diagnostics: &mut Diagnostics) {
    let mut previous = 0;
    for &(name, offset) in
        outline.nested_attributes.iter().filter(|(name, _)| is_handler_attribute(name))
    {
        let same_function = previous > 0 && !place.text[previous..offset].contains("fn");
        previous = offset;
        if same_function {
            continue;
        }
        let location = place.at(place.text[..offset].rfind('#').unwrap_or(offset));
        let mut diagnostic =
            of_attribute(Mistake::nested_handler(name, Span::call_site()), location);
        // An attribute looks for what is around it only when it is indented.
        if diagnostic.location.column == 1 {
            diagnostic.reporter = Reporter::Tree;
        }
        diagnostics.push(diagnostic);
    }
}

/// `#[cfg_attr(…, get)]`: whether there is a handler is not known here, so `app!` would not route it. True when
/// there is one.
fn conditional_attributes(
    outline: &Outline<'_>,
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
        let Some(name) = function.attrs.iter().find_map(conditional_handler) else { continue };
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
fn conditional_handler(attribute: &Attribute) -> Option<String> {
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
    .find(|word| is_handler_attribute(word))
}

/// One method, one handler. Handlers with a `cfg` may share one: which of them exist is not known here, and
/// the expansion checks it.
fn duplicate_methods(handlers: &[RouteHandler], diagnostics: &mut Diagnostics) {
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
                        format!(
                            "`{method}` is handled twice, by `{}` and by `{}`",
                            first.handler.name, second.handler.name
                        ),
                        "keep one handler for each method",
                    )
                    .related
                    .push(first.location.clone());
            }
        }
    }
}

/// Functions named like a method, without an attribute. `GET` is never meant for anything else; `get` may be a
/// helper, unless the file has no handler at all. Tells whether there were any.
fn missing_attributes(
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

/// An attribute that is nearly a handler attribute, with its place and the one that it was meant to be.
fn near_handler<'a>(head: &Head<'a>, kind: RouteKind) -> Option<(&'a str, usize, String)> {
    head.function?;
    head.attributes
        .iter()
        .find_map(|&(name, offset)| Some((name, offset, attribute::misspelt(name, kind)?)))
}

fn no_handler(
    outline: &Outline<'_>,
    kind: RouteKind,
    place: Place<'_>,
    diagnostics: &mut Diagnostics,
) {
    // rustc stops at the attribute, because there is none of that name; only a linter has to say it.
    let misspelt = outline.heads.iter().find_map(|head| near_handler(head, kind));
    if let Some((name, offset, near)) = misspelt {
        diagnostics.push(Diagnostic {
            code: Code::MisspeltAttribute,
            message: format!("`#[{name}]` is not a handler attribute"),
            location: place.at(offset),
            excerpt: None,
            related: Vec::new(),
            help: format!("did you mean `#[{near}]`?"),
            reporter: Reporter::Attribute,
        });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_nested_when_it_stands_inside_another_item() {
        let text = "  #[get] fn top() {}\nmod m { /* é */ #[bff::get(a = \"b\")]\n#[post] fn inner() {} }\n#[put] fn last() {}\n";
        for (line, column, nested) in
            [(1, 3, false), (2, 17, true), (3, 1, true), (4, 1, false), (9, 1, false)]
        {
            assert_eq!(RouteFile::is_nested(text, line, column), nested, "{line}:{column}");
        }
    }

    #[test]
    fn a_call_is_nested_when_it_stands_inside_a_function_or_a_module() {
        for (text, nested) in [
            ("§bff::app!();", false),
            ("//! Docs {\nmod tests;\nfn main() {}\n§bff::app!();", false),
            ("#[cfg(all())] §bff::app!();", false),
            ("fn main() { §bff::app!(); }", true),
            ("pub async fn é() -> bff::Result {\n    §bff::app!();\n}", true),
            ("#[cfg(all())]\npub(crate) mod web { use x::{y}; §bff::app!(); }", true),
            ("macro_rules! app { () => { §bff::app!(); } }", false),
            ("wrap! { mod x {} §bff::app!(); }", false),
        ] {
            let before = text.split('§').next().unwrap_or("");
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            let plain = text.replace('§', "");
            assert_eq!(RouteFile::is_call_nested(&plain, line, column), nested, "{text}");
        }
    }
}
