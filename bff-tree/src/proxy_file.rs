use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{
    Attribute, Expr, ExprArray, ExprLit, FnArg, Ident, ItemFn, Lit, LitStr, Meta, Token, Type,
    parse::Parser, punctuated::Punctuated, spanned::Spanned,
};

use crate::{
    Code, Diagnostic, Diagnostics, Location, Mistake, Reporter, lexer,
    path_pattern::{Dialect, PathPattern},
    suggest,
};

/// The keys of `#[proxy]`.
const KEYS: [&str; 2] = ["matcher", "exclude"];

/// The proxy of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyFile {
    /// The file relative to the package: `proxy.rs`.
    pub file: String,
    /// True for `middleware.rs`, which is the old name (PX-08).
    pub deprecated_name: bool,
}

/// The proxy function, as its signature and its attribute describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// How it takes part in a request.
    pub form: ProxyForm,
    /// Which paths it runs for; `None` for all of them (MT-01).
    pub matcher: Option<Vec<PathPattern>>,
    /// Which paths it does not run for after all.
    pub exclude: Vec<PathPattern>,
}

/// How a proxy takes part in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyForm {
    /// It sees the head and says what becomes of the request.
    Decide,
    /// It takes the request and `Next`, and gives the response.
    Around,
}

impl Proxy {
    /// Reads the function below `#[proxy(…)]`; `arguments` are the tokens between the parentheses.
    pub fn read(function: &ItemFn, arguments: TokenStream, mistakes: &mut Vec<Mistake>) -> Self {
        let mut proxy = Self { form: form(function), matcher: None, exclude: Vec::new() };
        refuse_signature(function, mistakes);
        let pairs = Punctuated::<syn::MetaNameValue, Token![,]>::parse_terminated.parse2(arguments);
        let pairs = match pairs {
            Ok(pairs) => pairs,
            Err(error) => {
                mistakes.push(Mistake {
                    code: Code::AttributeValue,
                    message: format!("malformed arguments of `#[proxy]`: {error}"),
                    help: "write `matcher = \"/path\"` or `matcher = [\"/a\", \"/b\"]`".to_owned(),
                    span: error.span(),
                });
                return proxy;
            }
        };
        let mut seen: Vec<Ident> = Vec::new();
        for pair in pairs {
            let Some(key) = pair.path.get_ident().filter(|key| KEYS.iter().any(|it| key == it))
            else {
                mistakes.push(unknown_key(&pair.path));
                continue;
            };
            if seen.contains(key) {
                mistakes.push(Mistake {
                    code: Code::AttributeValue,
                    message: format!("`{key}` is given twice"),
                    help: "remove one of them; several patterns are a list: `[\"/a\", \"/b\"]`"
                        .to_owned(),
                    span: key.span(),
                });
                continue;
            }
            seen.push(key.clone());
            let patterns = patterns(key, &pair.value, mistakes);
            if key == "matcher" {
                proxy.matcher = Some(patterns);
            } else {
                proxy.exclude = patterns;
            }
        }
        proxy
    }

    /// True for the name of a file that may hold a proxy.
    pub fn is_file_name(name: &str) -> bool {
        matches!(name, "proxy.rs" | "middleware.rs")
    }

    /// `#[proxy]` in another file.
    pub fn outside(file: &str, span: Span) -> Mistake {
        Mistake {
            code: Code::ProxyPlace,
            message: format!("`#[proxy]` has no meaning in `{file}`"),
            help: "put the function into `proxy.rs`, beside the app folder".to_owned(),
            span,
        }
    }
}

fn unknown_key(path: &syn::Path) -> Mistake {
    let word = path.to_token_stream().to_string();
    Mistake {
        code: Code::UnknownKey,
        message: format!("`#[proxy]` has no key `{word}`"),
        help: match suggest::nearest(&word, KEYS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("remove it; known keys: `{}`", KEYS.join("`, `")),
        },
        span: path.span(),
    }
}

/// A string, or a list of strings.
fn patterns(key: &Ident, value: &Expr, mistakes: &mut Vec<Mistake>) -> Vec<PathPattern> {
    let values: Vec<&Expr> = match value {
        Expr::Array(ExprArray { elems, .. }) => elems.iter().collect(),
        value => vec![value],
    };
    let mut patterns = Vec::new();
    for value in values {
        match value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                patterns.extend(pattern(text, mistakes));
            }
            value => mistakes.push(Mistake {
                code: Code::AttributeValue,
                message: format!(
                    "`{key}` is read when the app is compiled, so it holds strings only"
                ),
                help: format!("write `{key} = \"/path\"` or `{key} = [\"/a\", \"/b\"]`"),
                span: value.span(),
            }),
        }
    }
    patterns
}

fn pattern(text: &LitStr, mistakes: &mut Vec<Mistake>) -> Option<PathPattern> {
    let value = text.value();
    match PathPattern::parse(&value, Dialect::MATCHER) {
        Ok(pattern) => Some(pattern),
        Err(mistake) => {
            let at = value.get(mistake.at.clone()).filter(|at| !at.is_empty());
            let place = at.map_or_else(|| "at its end".to_owned(), |at| format!("at `{at}`"));
            mistakes.push(Mistake {
                code: mistake.code,
                message: format!("{}, {place}", mistake.message),
                help: mistake.help,
                span: text.span(),
            });
            None
        }
    }
}

/// A function with an argument of the type `Next` goes around the handler.
fn form(function: &ItemFn) -> ProxyForm {
    let around = function
        .sig
        .inputs
        .iter()
        .any(|input| matches!(input, FnArg::Typed(typed) if is_next(&typed.ty)));
    if around { ProxyForm::Around } else { ProxyForm::Decide }
}

/// True for `Next` and `bff::proxy::Next`.
pub fn is_next(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Next"))
}

fn refuse_signature(function: &ItemFn, mistakes: &mut Vec<Mistake>) {
    let mut refuse = |span: Span, message: &str, help: &str| {
        mistakes.push(Mistake {
            code: Code::ProxySignature,
            message: message.to_owned(),
            help: help.to_owned(),
            span,
        });
    };
    let signature = &function.sig;
    if let Some(receiver) = signature.receiver() {
        refuse(
            receiver.span(),
            "a proxy cannot take `self`",
            "write a function at the top level of the file",
        );
    }
    if let Some(param) = signature.generics.params.first() {
        refuse(param.span(), "a proxy cannot be generic", "name the concrete type");
    }
    if let syn::Safety::Unsafe(token) = &signature.safety {
        refuse(token.span(), "a proxy cannot be `unsafe`", "write a plain `async fn`");
    }
    let arguments: Vec<&Type> = signature
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.ty),
            FnArg::Receiver(_) => None,
        })
        .collect();
    if let Some((last, before)) = arguments.split_last() {
        if let Some(next) = before.iter().find(|ty| is_next(ty)) {
            refuse(
                next.span(),
                "`Next` stands before another argument",
                "let it be the last one: `request: Request, next: Next`",
            );
        } else if is_next(last) && before.is_empty() {
            refuse(
                last.span(),
                "a proxy around the handler takes the request too",
                "write `request: Request, next: Next`",
            );
        }
    }
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
        Proxy::read(&function, arguments, &mut mistakes);
        for mistake in mistakes {
            let start = mistake.span.start();
            let line: usize = head
                .text
                .split_inclusive('\n')
                .take(start.line.saturating_sub(1))
                .map(str::len)
                .sum();
            let column: usize = head
                .text
                .get(line..)
                .unwrap_or("")
                .chars()
                .take(start.column)
                .map(char::len_utf8)
                .sum();
            diagnostics.push(Diagnostic {
                excerpt: None,
                code: mistake.code,
                message: mistake.message,
                location: at(head.offset + line + column),
                related: Vec::new(),
                help: mistake.help,
                reporter: Reporter::Attribute,
            });
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

fn is_proxy(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "proxy")
}

fn arguments(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) => TokenStream::new(),
        Meta::NameValue(pair) => pair.value.to_token_stream(),
    }
}
