use proc_macro2::Span;
use syn::{
    FnArg, Ident, ItemFn, Pat, PatType, Token, Type, ext::IdentExt, punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{
    AttributeArgs, Code, HandlerForm, MetadataAttribute, Mistake, RoutePattern, Segment,
    metadata::ID, segment::nearest_param,
};

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

/// Builtin types that are never extractors. They are the language's own, so their names cannot deceive.
const PRIMITIVES: [&str; 17] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64", "bool", "char", "str",
];

/// Other types that a param commonly has; an argument of such a type with nearly a param's name is misspelt.
const COMMON_PARAM_TYPES: [&str; 3] = ["String", "Vec", "Option"];

/// The arguments of one handler, with what decides about them.
pub(crate) struct Arguments<'a> {
    inputs: &'a Punctuated<FnArg, Token![,]>,
    form: HandlerForm,
    pattern: &'a RoutePattern,
    /// The names of the arguments that are plain identifiers.
    names: Vec<String>,
    /// No request that the handler answers has a body.
    bodiless: bool,
    /// What it makes, when it is a metadata function.
    metadata: Option<MetadataAttribute>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn of(
        function: &'a ItemFn,
        form: HandlerForm,
        attributes: &AttributeArgs,
        pattern: &'a RoutePattern,
    ) -> Self {
        let inputs = &function.sig.inputs;
        let names = inputs
            .iter()
            .filter_map(|input| match input {
                FnArg::Typed(typed) => plain_name(&typed.pat).map(|name| name.unraw().to_string()),
                FnArg::Receiver(_) => None,
            })
            .collect();
        let AttributeArgs { methods, metadata, .. } = attributes;
        let bodiless = !methods.is_empty()
            && methods.iter().all(|method| matches!(method.as_str(), "GET" | "HEAD"));
        Self { inputs, form, pattern, names, bodiless, metadata: *metadata }
    }

    pub(crate) fn read(&self, mistakes: &mut Vec<Mistake>) -> Vec<Argument> {
        self.inputs
            .iter()
            .map(|input| match input {
                FnArg::Typed(typed) => self.one(typed, mistakes),
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
            .collect()
    }

    fn one(&self, typed: &PatType, mistakes: &mut Vec<Mistake>) -> Argument {
        mistakes.extend(self.param_by_pattern(&typed.pat));
        let Some(ident) = plain_name(&typed.pat) else { return Argument::Extractor };
        let name = ident.unraw().to_string();
        let Some((index, segment, _)) =
            self.pattern.params().find(|(_, _, param)| param.argument == name)
        else {
            let lost = self.lost(ident, &name, &typed.ty);
            mistakes.extend(lost.map(|mistake| match self.metadata {
                Some(attribute) if name == ID && mistake.code == Code::UnknownArgument => {
                    attribute.without_ids(mistake)
                }
                _ => mistake,
            }));
            return Argument::Extractor;
        };
        if self.form == HandlerForm::Factory {
            mistakes.push(Mistake {
                code: Code::FactorySignature,
                message: format!("a factory has no request, so it cannot take the param `{name}`"),
                help: "let the handler it returns read the param; a factory may take `State(…)`"
                    .to_owned(),
                span: ident.span(),
            });
            return Argument::Extractor;
        }
        if let Type::Reference(reference) = &*typed.ty {
            mistakes.push(Mistake {
                code: Code::ParamPattern,
                message: format!("the param `{name}` is taken by reference"),
                help: "take it by value: `String` for `&str`, `Vec<String>` for a slice".to_owned(),
                span: reference.span(),
            });
        }
        Argument::Param { index, segment: segment.clone() }
    }

    /// `ref slug` and `slug @ …` name a param, but are not taken for it. A pattern with a type's name, such as
    /// `Path(slug)`, is an extractor's.
    fn param_by_pattern(&self, argument: &Pat) -> Option<Mistake> {
        let Pat::Ident(bound) = argument else { return None };
        let name = bound.ident.unraw().to_string();
        let is_param = self.pattern.params().any(|(_, _, param)| param.argument == name);
        (is_param && plain_name(argument).is_none()).then(|| Mistake {
            code: Code::ParamPattern,
            message: format!("the param `{name}` is taken by pattern"),
            help: format!("name the argument `{name}` and match its value in the body"),
            span: bound.span(),
        })
    }

    /// An argument that is no param: is it one that was misspelt, or a value that no request can give?
    fn lost(&self, ident: &Ident, name: &str, ty: &Type) -> Option<Mistake> {
        let type_name = bare_type_name(ty)?;
        let primitive = PRIMITIVES.contains(&&*type_name);
        if !primitive && !COMMON_PARAM_TYPES.contains(&&*type_name) {
            return None;
        }
        let url = self.pattern.folder_style();
        let near = nearest_param(name, self.pattern.segments())
            .filter(|near| !self.names.iter().any(|taken| taken == near));
        if let Some(near) = near {
            return Some(mistake(
                Code::MisspeltParam,
                format!("`{name}` is not a param of `{url}`"),
                self.misspelt_help(near, name),
                ident.span(),
            ));
        }
        if primitive {
            return Some(mistake(
                Code::UnknownArgument,
                format!("`{name}: {type_name}` is neither a param of `{url}` nor an extractor"),
                format!("{}; for a query value take `Query<…>`", self.params()),
                ident.span(),
            ));
        }
        (self.bodiless && type_name == "String").then(|| {
            mistake(
                Code::UnknownArgument,
                format!("`{name}: String` is not a param of `{url}`, and as an extractor it is the body, which GET has none of"),
                format!("{}; for a query value take `Query<…>`", self.params()),
                ident.span(),
            )
        })
    }

    fn misspelt_help(&self, near: &str, name: &str) -> String {
        let mut help = format!("did you mean `{near}`?");
        if name.trim_start_matches('_') == near {
            help.push_str(" a param that the handler does not use can be left out");
        } else if self.pattern.params().count() > 1 {
            help.push(' ');
            help.push_str(&self.params());
        }
        help
    }

    /// The params that there are, as a sentence.
    fn params(&self) -> String {
        let params: Vec<String> =
            self.pattern.params().map(|(_, _, param)| format!("`{}`", param.argument)).collect();
        match params.len() {
            0 => format!("`{}` has no params", self.pattern.folder_style()),
            1 => format!("its only param is {}", params[0]),
            _ => format!("its params are {}", params.join(", ")),
        }
    }
}

fn mistake(code: Code, message: String, help: String, span: Span) -> Mistake {
    Mistake { code, message, help, span }
}

fn plain_name(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {
            Some(&pattern.ident)
        }
        _ => None,
    }
}

/// `u64`, `String`, `Vec`: the type's name when it is written as one word; `str` for `&str`.
fn bare_type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1 => {
            Some(path.path.segments[0].ident.to_string())
        }
        Type::Reference(reference) => bare_type_name(&reference.elem),
        _ => None,
    }
}
