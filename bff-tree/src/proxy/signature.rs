//! The three forms of a proxy function, and what no proxy function can be.

use proc_macro2::Span;
use syn::{
    Expr, ExprClosure, FnArg, GenericParam, ItemFn, ReturnType, Stmt, Type, TypeParamBound,
    spanned::Spanned,
};

use super::{ProxyForm, mistake::ProxyMistake};
use crate::Code;

/// A function with an argument of the type `Next` goes around the handler, one that returns `impl Proxy` makes the
/// proxy.
pub(super) fn form(function: &ItemFn) -> ProxyForm {
    if returns_proxy(&function.sig.output) {
        ProxyForm::Factory
    } else if arguments(function).any(is_next) {
        ProxyForm::Around
    } else {
        ProxyForm::Decide
    }
}

/// True for `Next` and `bff::proxy::Next`.
pub fn is_next(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Next"))
}

/// The closure of one argument that a factory ends with. It decides first, and is no proxy by itself.
pub fn bare_decision(function: &ItemFn) -> Option<&ExprClosure> {
    match function.block.stmts.last()? {
        Stmt::Expr(Expr::Closure(closure), None) => {
            (returns_proxy(&function.sig.output) && closure.inputs.len() == 1).then_some(closure)
        }
        _ => None,
    }
}

/// True for `-> impl Proxy` and `-> impl bff::proxy::Proxy`, with any further bounds.
fn returns_proxy(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    let Type::ImplTrait(bounds) = &**ty else { return false };
    bounds.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| last.ident == "Proxy")
        }
        _ => false,
    })
}

fn arguments(function: &ItemFn) -> impl Iterator<Item = &Type> {
    function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    })
}

/// Reports a signature that cannot be called.
pub(super) fn check(function: &ItemFn, form: ProxyForm, mistakes: &mut Vec<ProxyMistake>) {
    let mut refuse = |span: Span, message: &str, help: &str| {
        mistakes.push(ProxyMistake::new(Code::ProxySignature, span, message, help));
    };
    let signature = &function.sig;
    if let Some(receiver) = signature.receiver() {
        refuse(
            receiver.self_token.span(),
            "a proxy cannot take `self`",
            "write a function at the top level of the file",
        );
    }
    let concrete = "name the concrete type; generic code goes into a function that the proxy calls";
    for param in &signature.generics.params {
        let span = match param {
            GenericParam::Type(param) => param.ident.span(),
            GenericParam::Const(param) => param.ident.span(),
            GenericParam::Lifetime(param) => param.lifetime.span(),
        };
        refuse(span, "a proxy cannot be generic", concrete);
    }
    for argument in arguments(function) {
        if let Type::ImplTrait(argument) = argument {
            refuse(argument.impl_token.span(), "a proxy cannot be generic", concrete);
        }
    }
    let qualifiers = [
        signature.constness.as_ref().map(|token| (token.span(), "const")),
        signature.abi.as_ref().map(|abi| (abi.extern_token.span(), "extern")),
        match &signature.safety {
            syn::Safety::Unsafe(token) => Some((token.span(), "unsafe")),
            _ => None,
        },
    ];
    for (span, word) in qualifiers.into_iter().flatten() {
        let message = format!("a proxy cannot be `{word}`");
        refuse(span, &message, "write a plain `async fn`");
    }
    match form {
        ProxyForm::Decide => {}
        ProxyForm::Around => check_next(function, &mut refuse),
        ProxyForm::Factory => check_factory(function, &mut refuse),
    }
}

fn check_next(function: &ItemFn, refuse: &mut impl FnMut(Span, &str, &str)) {
    let arguments: Vec<&Type> = arguments(function).collect();
    let Some((last, before)) = arguments.split_last() else { return };
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

fn check_factory(function: &ItemFn, refuse: &mut impl FnMut(Span, &str, &str)) {
    if let Some(keyword) = &function.sig.asyncness {
        refuse(
            keyword.span(),
            "a factory cannot be `async`: it runs once, before the server listens",
            "remove `async` and prepare the value in `main`, as state",
        );
    }
    if let Some(closure) = bare_decision(function) {
        // rustc would say that two arguments are expected, and that is one remedy of two.
        refuse(
            closure.inputs.span(),
            "a closure of one argument is no proxy by itself",
            "write `bff::proxy::decide(|request| …)` around it, or take `next` too: `|request: Request, next: Next|`",
        );
    }
    if let Some(next) = arguments(function).find(|ty| is_next(ty)) {
        refuse(
            next.span(),
            "a factory has no request yet, so nothing comes next",
            "let the proxy that it returns take it: `|request: Request, next: Next| async move { … }`",
        );
    }
}
