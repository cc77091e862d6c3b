use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    FnArg, GenericParam, Ident, ItemFn, PatType, ReturnType, Type, TypeParamBound, spanned::Spanned,
};

use crate::{
    AttributeArgs, Code, ImageArgs, MetadataAttribute, Method, Requirement, RouteKind,
    RoutePattern,
    argument::{Argument, Arguments},
    config::Policy,
};

/// One handler function of a route file, as its signature and attributes describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// The function's name.
    pub name: String,
    /// The methods it answers.
    pub methods: Vec<Method>,
    /// It answers whatever method comes (RH-470); `methods` is empty then.
    pub every_method: bool,
    /// How its value becomes a handler.
    pub form: HandlerForm,
    /// One entry for each argument, in order.
    pub arguments: Vec<Argument>,
    /// The status for a param that does not parse (RH-030).
    pub invalid_param: u16,
    /// What is asked of its requests. The places in it are empty.
    pub policy: Policy,
    /// The functions that a request has to satisfy first, as they are written.
    pub require: Vec<String>,
    /// Its answer is made once and for everybody, and `bff export` writes it to a file (RH-341).
    pub force_static: bool,
    /// What a metadata function says of its image.
    pub image: ImageArgs,
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

impl Handler {
    /// Reads a handler from its function. Mistakes are collected; the handler is as complete as it can be.
    pub fn read(
        function: &ItemFn,
        attributes: AttributeArgs,
        pattern: &RoutePattern,
        mistakes: &mut Vec<Mistake>,
    ) -> Self {
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
                message: "a factory cannot be `async`: it runs once, before the server listens"
                    .to_owned(),
                help: "remove `async` and prepare the value in `main`, as state".to_owned(),
                span: keyword.span(),
            });
        }
        let arguments = Arguments::of(function, form, &attributes, pattern).read(mistakes);
        refuse_generics(function, mistakes);
        let force_static = attributes.cache.is_static();
        attributes.refuse_cache_keys(form, pattern, mistakes);
        Self {
            name: signature.ident.to_string(),
            methods: attributes.methods,
            every_method: attributes.every_method,
            form,
            arguments,
            invalid_param: attributes.invalid_param.unwrap_or(404),
            policy: attributes.policy,
            require: attributes.require.iter().map(Requirement::text).collect(),
            force_static,
            image: attributes.image,
        }
    }

    /// True when one of its arguments is the param of this name.
    pub fn takes(&self, param: &str) -> bool {
        self.arguments.iter().any(|argument| match argument {
            Argument::Param { segment, .. } => {
                segment.param().is_some_and(|name| name.argument == param)
            }
            Argument::Extractor => false,
        })
    }
}

impl Handler {
    /// True for one that answers GET, and so HEAD.
    pub fn answers_get(&self) -> bool {
        self.every_method || self.methods.iter().any(|method| method.as_str() == "GET")
    }

    /// True when its own attribute has its answers kept.
    pub fn is_stored(&self) -> bool {
        let revalidate = self.policy.revalidate.as_ref();
        self.force_static || revalidate.is_some_and(|setting| setting.value.stores())
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

    /// A handler attribute that belongs to the other of the two conventions.
    pub fn of_the_other_kind(attribute: &str, kind: RouteKind, span: Span) -> Option<Self> {
        match kind {
            RouteKind::App if attribute == "api" => Some(Self {
                code: Code::ApiInRouteFile,
                message: "`#[api]` has no meaning in a route file".to_owned(),
                help: "name the methods that the handler answers: `#[bff::get]`, `#[bff::route(GET, POST)]`; `#[api]` is for files below `pages/api`".to_owned(),
                span,
            }),
            RouteKind::Pages if attribute != "api" => Some(Self {
                code: Code::MethodInPages,
                message: format!("`#[{attribute}]` has no meaning below `pages/api`, where one function answers every method"),
                help: "put `#[bff::api]` on that function and let it take a `Method`; for a handler of each method use a `route.rs` in the app folder".to_owned(),
                span,
            }),
            _ => None,
        }
    }

    /// A handler attribute inside a `mod`, `impl` or function.
    pub fn nested_handler(attribute: &str, span: Span) -> Self {
        let file = if MetadataAttribute::of(attribute).is_some() { "" } else { "route " };
        Self {
            code: Code::NestedHandler,
            message: format!(
                "`#[{attribute}]` stands inside another item, where no route finds it"
            ),
            help: format!("move the function to the top level of the {file}file"),
            span,
        }
    }

    /// `app!` inside a function or an inline module.
    pub fn nested_app(span: Span) -> Self {
        Self {
            code: Code::NestedHandler,
            message: "`app!` stands inside another item, where no route file is found".to_owned(),
            help: "call it at the top level of a file; a module of its own is a file, `mod web;`"
                .to_owned(),
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
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| last.ident == "Handler")
        }
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
