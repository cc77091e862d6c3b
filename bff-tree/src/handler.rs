use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{FnArg, GenericParam, Ident, ItemFn, Pat, PatType, ReturnType, Type, TypeParamBound, ext::IdentExt, spanned::Spanned};

use crate::{AttributeArgs, Code, Method, RoutePattern, Segment, segment::nearest_param};

/// One handler function of a route file, as its signature and attributes describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// The function's name.
    pub name: String,
    /// The methods it answers.
    pub methods: Vec<Method>,
    /// How its value becomes a handler.
    pub form: HandlerForm,
    /// One entry for each argument, in order.
    pub arguments: Vec<Argument>,
    /// The status for a param that does not parse (RH-030).
    pub invalid_param: u16,
}

/// How a function stands for a handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandlerForm {
    /// An `async fn` that runs for each request.
    Async,
    /// A plain `fn` that runs for each request.
    Sync,
    /// `fn … -> impl bff::Handler`: runs once at start, its value is the handler (RH-409).
    Factory,
}

/// What an argument of a handler is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Named after a dynamic segment: the param at this index of the URL's path segments.
    Param {
        /// Index of the first path segment that the param takes.
        index: usize,
        /// The segment, which decides between one value, several, or optionally several.
        segment: Segment,
    },
    /// Anything else: an extractor.
    Extractor,
}

/// A mistake in a handler, still at its token.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The stable code.
    pub code: Code,
    /// A lower-case phrase without a final stop.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The offending token.
    pub span: Span,
}

/// Builtin types that are never extractors. They are the language's own, so their names cannot deceive.
const PRIMITIVES: [&str; 17] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
    "char", "str",
];

/// Other types that a param commonly has; an argument of such a type with nearly a param's name is misspelt.
const COMMON_PARAM_TYPES: [&str; 3] = ["String", "Vec", "Option"];

impl Handler {
    /// Reads a handler from its function. Mistakes are collected; the handler is as complete as it can be.
    pub fn read(function: &ItemFn, attributes: AttributeArgs, pattern: &RoutePattern, mistakes: &mut Vec<Mistake>) -> Self {
        let signature = &function.sig;
        let form = match (is_factory(&signature.output), signature.asyncness.is_some()) {
            (true, _) => HandlerForm::Factory,
            (false, true) => HandlerForm::Async,
            (false, false) => HandlerForm::Sync,
        };
        refuse_qualifiers(function, mistakes);
        if let (HandlerForm::Factory, Some(keyword)) = (form, &signature.asyncness) {
            mistakes.push(Mistake {
                code: Code::FactorySignature,
                message: "a factory cannot be `async`: it runs once, before the server listens".to_owned(),
                help: "remove `async` and prepare the value in `main`, as state".to_owned(),
                span: keyword.span(),
            });
        }
        let arguments = signature
            .inputs
            .iter()
            .map(|input| match input {
                FnArg::Typed(typed) => {
                    let named = names(&signature.inputs);
                    read_argument(typed, form, pattern, &named, mistakes)
                }
                FnArg::Receiver(receiver) => {
                    mistakes.push(Mistake {
                        code: Code::HandlerSignature,
                        message: "a handler is a free function and takes no `self`".to_owned(),
                        help: "take what it needs as `State(…)`".to_owned(),
                        span: receiver.self_token.span(),
                    });
                    Argument::Extractor
                }
            })
            .collect();
        refuse_generics(function, mistakes);
        Self {
            name: signature.ident.to_string(),
            methods: attributes.methods,
            form,
            arguments,
            invalid_param: attributes.invalid_param.unwrap_or(404),
        }
    }
}

impl Mistake {
    /// A handler attribute on an item that is not a function; `None` when it is one, well-formed or not.
    pub fn not_a_function(attribute: &str, item: TokenStream) -> Option<Self> {
        let keyword = item_keyword(item).filter(|keyword| keyword != "fn")?;
        Some(Self {
            code: Code::NotAFunction,
            message: format!("`#[{attribute}]` stands on `{keyword}`, and a handler is a function"),
            help: "put it on a function at the top level of the file".to_owned(),
            span: keyword.span(),
        })
    }

    /// A handler attribute inside a `mod`, `impl` or function.
    pub fn nested_handler(attribute: &str, span: Span) -> Self {
        Self {
            code: Code::NestedHandler,
            message: format!("`#[{attribute}]` stands inside another item, where no route finds it"),
            help: "move the function to the top level of the route file".to_owned(),
            span,
        }
    }
}

/// The word that says what an item is: the first after its attributes and qualifiers.
fn item_keyword(item: TokenStream) -> Option<Ident> {
    let mut words = item.into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    let mut qualifier = None;
    let keyword = words.find(|word| match &*word.to_string() {
        "pub" | "async" | "unsafe" => false,
        // `const fn` and `extern "C" fn` are functions, `const X` and `extern "C" { … }` are not.
        "const" | "extern" => {
            qualifier.get_or_insert_with(|| word.clone());
            false
        }
        _ => true,
    });
    match (keyword, qualifier) {
        (Some(keyword), Some(qualifier)) if keyword != "fn" => Some(qualifier),
        (Some(keyword), _) => Some(keyword),
        (None, qualifier) => qualifier,
    }
}

/// True for `-> impl Handler` and `-> impl bff::Handler`, with any further bounds.
fn is_factory(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    let Type::ImplTrait(bounds) = &**ty else { return false };
    bounds.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| last.ident == "Handler"),
        _ => false,
    })
}

fn refuse_generics(function: &ItemFn, mistakes: &mut Vec<Mistake>) {
    let by_reference = mistakes.iter().any(|mistake| mistake.code == Code::ParamPattern);
    let mut refuse = |span: Span, what: &str, help: &str| {
        mistakes.push(Mistake {
            code: Code::GenericHandler,
            message: format!("a handler cannot be generic, but this one has {what}"),
            help: help.to_owned(),
            span,
        });
    };
    let concrete = "name the concrete type; share generic code through an ordinary function that the handler calls";
    for param in &function.sig.generics.params {
        match param {
            GenericParam::Type(param) => {
                refuse(param.ident.span(), &format!("the type param `{}`", param.ident), concrete);
            }
            GenericParam::Const(param) => {
                refuse(param.ident.span(), &format!("the const param `{}`", param.ident), concrete);
            }
            // The lifetime of a param that is taken by reference goes when the reference goes.
            GenericParam::Lifetime(_) if by_reference => {}
            GenericParam::Lifetime(param) => refuse(
                param.lifetime.span(),
                &format!("the lifetime `{}`", param.lifetime),
                "write `'static`, or take and return owned values",
            ),
        }
    }
    for input in &function.sig.inputs {
        if let FnArg::Typed(PatType { ty, .. }) = input
            && let Type::ImplTrait(ty) = &**ty
        {
            refuse(ty.span(), "an argument of type `impl Trait`", concrete);
        }
    }
}

fn refuse_qualifiers(function: &ItemFn, mistakes: &mut Vec<Mistake>) {
    let signature = &function.sig;
    let qualifiers = [
        signature.constness.as_ref().map(|token| (token.span(), "const")),
        signature.abi.as_ref().map(|abi| (abi.extern_token.span(), "extern")),
        signature.variadic.as_ref().map(|variadic| (variadic.dots.span(), "variadic")),
        quote_safety(&signature.safety),
    ];
    for (span, word) in qualifiers.into_iter().flatten() {
        mistakes.push(Mistake {
            code: Code::HandlerSignature,
            message: format!("a handler cannot be `{word}`"),
            help: "write a plain `async fn` or `fn`".to_owned(),
            span,
        });
    }
}

fn quote_safety(safety: &syn::Safety) -> Option<(Span, &'static str)> {
    match safety {
        syn::Safety::Unsafe(token) => Some((token.span(), "unsafe")),
        _ => None,
    }
}

/// The names of the arguments that are plain identifiers.
fn names(inputs: &syn::punctuated::Punctuated<FnArg, syn::Token![,]>) -> Vec<String> {
    inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(typed) => plain_name(&typed.pat).map(|name| name.unraw().to_string()),
            FnArg::Receiver(_) => None,
        })
        .collect()
}

fn plain_name(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => Some(&pattern.ident),
        _ => None,
    }
}

fn read_argument(typed: &PatType, form: HandlerForm, pattern: &RoutePattern, named: &[String], mistakes: &mut Vec<Mistake>) -> Argument {
    refuse_param_pattern(&typed.pat, pattern, mistakes);
    let Some(ident) = plain_name(&typed.pat) else { return Argument::Extractor };
    let name = ident.unraw().to_string();
    let param = pattern.params().find(|(_, _, param)| param.argument == name);

    if let (Some(_), HandlerForm::Factory) = (&param, form) {
        mistakes.push(Mistake {
            code: Code::FactorySignature,
            message: format!("a factory has no request, so it cannot take the param `{name}`"),
            help: "let the handler it returns read the param; a factory may take `State(…)`".to_owned(),
            span: ident.span(),
        });
        return Argument::Extractor;
    }
    if let Some((index, segment, _)) = param {
        if let Type::Reference(reference) = &*typed.ty {
            mistakes.push(Mistake {
                code: Code::ParamPattern,
                message: format!("the param `{name}` is taken by reference"),
                help: "take it by value: `String` for `&str`, `Vec<String>` for a slice".to_owned(),
                span: reference.span(),
            });
        }
        return Argument::Param { index, segment: segment.clone() };
    }
    refuse_lost_argument(ident, &name, &typed.ty, pattern, named, mistakes);
    Argument::Extractor
}

/// `ref slug` and `slug @ …` name a param, but are not taken for it. A pattern with a type's name, such as
/// `Path(slug)`, is an extractor's.
fn refuse_param_pattern(argument: &Pat, pattern: &RoutePattern, mistakes: &mut Vec<Mistake>) {
    let Pat::Ident(bound) = argument else { return };
    let name = bound.ident.unraw().to_string();
    if plain_name(argument).is_none() && pattern.params().any(|(_, _, param)| param.argument == name) {
        mistakes.push(Mistake {
            code: Code::ParamPattern,
            message: format!("the param `{name}` is taken by pattern"),
            help: format!("name the argument `{name}` and match its value in the body"),
            span: bound.span(),
        });
    }
}

/// An argument that is no param: is it one that was misspelt, or a value that no request can give?
fn refuse_lost_argument(ident: &Ident, name: &str, ty: &Type, pattern: &RoutePattern, named: &[String], mistakes: &mut Vec<Mistake>) {
    let Some(type_name) = bare_type_name(ty) else { return };
    let primitive = PRIMITIVES.contains(&&*type_name);
    if !primitive && !COMMON_PARAM_TYPES.contains(&&*type_name) {
        return;
    }
    let near = nearest_param(name, pattern.segments()).filter(|near| !named.iter().any(|taken| taken == near));
    if let Some(near) = near {
        mistakes.push(Mistake {
            code: Code::MisspeltParam,
            message: format!("`{name}` is not a param of `{}`", pattern.folder_style()),
            help: misspelt_help(near, name, pattern),
            span: ident.span(),
        });
    } else if primitive {
        mistakes.push(Mistake {
            code: Code::UnknownArgument,
            message: format!("`{name}: {type_name}` is neither a param of `{}` nor an extractor", pattern.folder_style()),
            help: format!("{}; for a query value take `Query<…>`", params_sentence(pattern)),
            span: ident.span(),
        });
    }
}

fn misspelt_help(near: &str, name: &str, pattern: &RoutePattern) -> String {
    let mut help = format!("did you mean `{near}`?");
    if name.trim_start_matches('_') == near {
        help.push_str(" a param that the handler does not use can be left out");
    } else if pattern.params().count() > 1 {
        help.push(' ');
        help.push_str(&params_sentence(pattern));
    }
    help
}

fn params_sentence(pattern: &RoutePattern) -> String {
    let params: Vec<String> = pattern.params().map(|(_, _, param)| format!("`{}`", param.argument)).collect();
    match params.len() {
        0 => format!("`{}` has no params", pattern.folder_style()),
        1 => format!("its only param is {}", params[0]),
        _ => format!("its params are {}", params.join(", ")),
    }
}

/// `u64`, `String`, `Vec`: the type's name when it is written as one word; `str` for `&str`.
fn bare_type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1 => Some(path.path.segments[0].ident.to_string()),
        Type::Reference(reference) => bare_type_name(&reference.elem),
        _ => None,
    }
}
