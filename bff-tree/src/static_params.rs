//! `#[static_params]`: the function that lists for which params a route is made beforehand.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{FnArg, GenericParam, ItemFn, Pat, ReturnType, Type, ext::IdentExt, spanned::Spanned};

use crate::{
    Code, Handler, Mistake, RouteHandler, RoutePattern, Segment,
    key_list::{KeyList, Known},
    syntax::cfg,
};

/// The last word of the attribute.
pub(crate) const ATTRIBUTE: &str = "static_params";

const KEYS: Known = Known {
    of: "#[static_params]",
    keys: &["dynamic_params"],
    elsewhere: &[
        ("dynamicParams", "write `dynamic_params = false`"),
        ("revalidate", "write it on the handler: `#[get(revalidate = \"60s\")]`"),
        ("force_static", "write it on the handler: `#[get(force_static)]`"),
    ],
    example: "dynamic_params = false",
};

/// The function of a route file that lists its params (RH-317).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticParams {
    /// Its name.
    pub name: String,
    /// False for a plain function.
    pub is_async: bool,
    /// It returns a `Result` of the list.
    pub is_fallible: bool,
    /// False when nothing but what it lists is served (RH-318).
    pub dynamic_params: bool,
    /// The predicates of its `#[cfg(…)]`s.
    pub cfgs: Vec<String>,
}

/// What is known of a param that is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListedParam {
    /// One value. The handler that says its type, when one does, and the name of its argument.
    One(Option<(String, String)>),
    /// The segments of a catch-all.
    Rest,
}

impl StaticParams {
    /// Reads the function below an attribute. `handlers` are those of its file, `pattern` is that of its route.
    pub fn read(
        function: &ItemFn,
        attribute: &Ident,
        arguments: TokenStream,
        (handlers, pattern): (&[RouteHandler], &RoutePattern),
        mistakes: &mut Vec<Mistake>,
    ) -> Self {
        let signature = &function.sig;
        let found = Self {
            name: signature.ident.to_string(),
            is_async: signature.asyncness.is_some(),
            is_fallible: is_result(&signature.output),
            dynamic_params: KeyList::parse(arguments, &KEYS, mistakes)
                .and_then(|keys| keys.boolean("dynamic_params", mistakes))
                .is_none_or(|(dynamic, _)| dynamic),
            cfgs: function.attrs.iter().filter_map(cfg).collect(),
        };
        if pattern.params().next().is_none() {
            mistakes.push(place(
                "this route has no params that could be listed".to_owned(),
                "remove the function: `#[get(force_static)]` alone makes the route beforehand",
                attribute.span(),
            ));
        } else if !handlers.iter().any(|handler| is_made_beforehand(&handler.handler)) {
            mistakes.push(place(
                "no GET handler of this file is made beforehand, so nothing asks for its params"
                    .to_owned(),
                "write `#[get(force_static)]` on the handler",
                attribute.span(),
            ));
        }
        refuse_signature(function, pattern, mistakes);
        found
    }

    /// What each param of the pattern may be, in their order.
    pub fn params(handlers: &[RouteHandler], pattern: &RoutePattern) -> Vec<ListedParam> {
        let params = pattern.params().map(|(_, segment, name)| match segment {
            Segment::Param(_) => {
                let taker = handlers.iter().find(|handler| {
                    handler.cfgs.is_empty()
                        && is_made_beforehand(&handler.handler)
                        && handler.handler.takes(&name.argument)
                });
                let name = name.argument.clone();
                ListedParam::One(taker.map(|taker| (taker.handler.name.clone(), name)))
            }
            _ => ListedParam::Rest,
        });
        params.collect()
    }

    /// A second function of a file: a mistake when a build has both.
    pub fn second(first: &str, second: &str) -> (Code, String) {
        let message = format!("`{first}` and `{second}` would both list the params of this route");
        (Code::StaticParamsPlace, message)
    }

    /// The attribute in a file that is no `route.rs`.
    pub fn outside(file: &str, span: Span) -> Mistake {
        place(
            format!("`#[{ATTRIBUTE}]` has no meaning in `{file}`"),
            "put it into the `route.rs` of the handler whose params it lists",
            span,
        )
    }
}

/// True for a handler whose answers to GET can be made before anybody asks (EX-04, EX-08).
fn is_made_beforehand(handler: &Handler) -> bool {
    handler.answers_get() && handler.is_stored()
}

fn place(message: String, help: &str, span: Span) -> Mistake {
    Mistake { code: Code::StaticParamsPlace, message, help: help.to_owned(), span }
}

/// True for `Result<…>`, however its path begins. Only the word can tell: a `Result` is a list of its own value.
fn is_result(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    let Type::Path(path) = &**ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Result")
}

fn refuse_signature(function: &ItemFn, pattern: &RoutePattern, mistakes: &mut Vec<Mistake>) {
    let signature = &function.sig;
    let mut refuse = |span: Span, message: String, help: &str| {
        let help = help.to_owned();
        mistakes.push(Mistake { code: Code::StaticParamsSignature, message, help, span });
    };
    let qualifiers = [
        signature.constness.as_ref().map(|token| (token.span(), "const")),
        signature.abi.as_ref().map(|abi| (abi.extern_token.span(), "extern")),
        signature.variadic.as_ref().map(|variadic| (variadic.dots.span(), "variadic")),
        match &signature.safety {
            syn::Safety::Unsafe(token) => Some((token.span(), "unsafe")),
            _ => None,
        },
    ];
    for (span, word) in qualifiers.into_iter().flatten() {
        let message = format!("a function that lists params cannot be `{word}`");
        refuse(span, message, "write a plain `async fn` or `fn`");
    }
    for param in &signature.generics.params {
        let (span, name) = match param {
            GenericParam::Type(param) => (param.ident.span(), param.ident.to_string()),
            GenericParam::Const(param) => (param.ident.span(), param.ident.to_string()),
            GenericParam::Lifetime(param) => {
                (param.lifetime.span(), param.lifetime.ident.to_string())
            }
        };
        let message =
            format!("a function that lists params cannot be generic, but this one has `{name}`");
        refuse(span, message, "name the concrete type; list owned values");
    }
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => refuse(
                receiver.self_token.span(),
                "a function that lists params is a free function and takes no `self`".to_owned(),
                "take what it needs as `State(…)`",
            ),
            FnArg::Typed(typed) => {
                let Pat::Ident(name) = &*typed.pat else { continue };
                let argument = name.ident.unraw().to_string();
                if pattern.params().any(|(_, _, param)| param.argument == argument) {
                    let message =
                        format!("`{argument}` is what this function lists, not what it is given");
                    refuse(
                        name.ident.span(),
                        message,
                        "remove the argument, and return every value",
                    );
                }
            }
        }
    }
    if matches!(signature.output, ReturnType::Default) {
        refuse(
            signature.ident.span(),
            format!("`{}` lists nothing", signature.ident),
            &format!("return the params: `-> {}`", example(pattern)),
        );
    }
}

/// A type that lists the params of this pattern.
fn example(pattern: &RoutePattern) -> String {
    let one = |segment: &Segment| match segment {
        Segment::Param(_) => "String",
        _ => "Vec<String>",
    };
    let types: Vec<&str> = pattern.params().map(|(_, segment, _)| one(segment)).collect();
    match &types[..] {
        [one] => format!("Vec<{one}>"),
        several => format!("Vec<({})>", several.join(", ")),
    }
}

#[cfg(test)]
mod tests;
