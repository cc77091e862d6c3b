use syn::{ItemFn, Visibility};

use crate::{
    Code, Diagnostics, Location,
    lexer::{self, Head},
    suggest,
    syntax::{cfg, inner_cfg},
};

const REGISTER: &str = "register";
const ON_REQUEST_ERROR: &str = "on_request_error";

/// What `on_request_error` is told: the error, the request, the context.
const LONGEST_REPORT: usize = 3;

/// What starts with an app and hears of its errors (section 18 of the configuration specification).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstrumentationFile {
    /// The file relative to the package: `instrumentation.rs`.
    pub file: String,
    /// What runs before the server listens (IN-01). More than one when `cfg`s choose between them.
    pub register: Vec<InstrumentationFunction>,
    /// What is told of errors (IN-02).
    pub on_request_error: Vec<InstrumentationFunction>,
    /// The predicates of the file's own `#![cfg(…)]`s.
    pub cfgs: Vec<String>,
}

/// A function of the file, as it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentationFunction {
    /// False for a plain function.
    pub is_async: bool,
    /// How many arguments it takes.
    pub arguments: usize,
    /// The predicates of its `#[cfg(…)]`s.
    pub cfgs: Vec<String>,
}

/// True for the name of a file that someone means to be this one.
pub(crate) fn is_meant(name: &str) -> bool {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    stem.eq_ignore_ascii_case("instrumentation") && matches!(extension, "rs" | "ts" | "js")
}

/// True when the text has a function that only an instrumentation file has.
pub(crate) fn hears_of_errors(text: &str) -> bool {
    let outline = lexer::outline(text);
    outline.heads.iter().any(|head| head.function.is_some_and(|(name, _)| name == ON_REQUEST_ERROR))
}

/// Reads an instrumentation file: its functions, and what is wrong with them.
pub(crate) fn read(file: &str, text: &str, diagnostics: &mut Diagnostics) -> InstrumentationFile {
    let outline = lexer::outline(text);
    let mut found = InstrumentationFile { file: file.to_owned(), ..InstrumentationFile::default() };
    found.cfgs = outline.inner_attributes.iter().filter_map(|text| inner_cfg(text)).collect();
    let mut has = [false; 2];
    let mut others = Vec::new();
    for head in &outline.heads {
        let Some((name, offset)) = head.function else { continue };
        let (index, functions) = match name {
            REGISTER => (0, &mut found.register),
            ON_REQUEST_ERROR => (1, &mut found.on_request_error),
            _ => {
                others.push(head);
                continue;
            }
        };
        has[index] = true;
        // A head that does not parse is rustc's to report.
        if let Ok(function) = syn::parse_str::<ItemFn>(&format!("{} {{}}", head.text)) {
            functions.extend(callable(&function, &Location::at(file, text, offset), diagnostics));
        }
    }
    if !misspelt(&others, has, file, text, diagnostics) && has == [false; 2] {
        diagnostics.tree(
            Code::InstrumentationFunction,
            Location::file(file),
            "this file has neither `register` nor `on_request_error` at its top level",
            "write `pub async fn register() -> bff::Result`, which runs before the server listens, or rename the file",
        );
    }
    found
}

/// Public functions whose names are nearly those that are called. Helpers are private.
fn misspelt(
    others: &[&Head<'_>],
    has: [bool; 2],
    file: &str,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> bool {
    let missing = [REGISTER, ON_REQUEST_ERROR].into_iter().zip(has).filter(|(_, has)| !has);
    let missing: Vec<&str> = missing.map(|(name, _)| name).collect();
    let mut any = false;
    for head in others {
        let Some((name, offset)) = head.function else { continue };
        let Some(near) = suggest::nearest(name, missing.iter().copied()) else { continue };
        let is_public = syn::parse_str::<ItemFn>(&format!("{} {{}}", head.text))
            .is_ok_and(|function| !matches!(function.vis, Visibility::Inherited));
        if is_public {
            any = true;
            diagnostics.tree(
                Code::InstrumentationFunction,
                Location::at(file, text, offset),
                format!("`{name}` is never called"),
                format!("did you mean `{near}`? A helper need not be `pub`"),
            );
        }
    }
    any
}

/// The function, unless nothing could call it. A span of a head that was parsed on its own tells a place in a linter
/// and none in a macro, so mistakes are shown at the name.
fn callable(
    function: &ItemFn,
    place: &Location,
    diagnostics: &mut Diagnostics,
) -> Option<InstrumentationFunction> {
    let signature = &function.sig;
    let name = &signature.ident;
    let is_register = name == REGISTER;
    let before = diagnostics.len();
    let mut refuse = |message: String, help: &str| {
        diagnostics.tree(Code::InstrumentationSignature, place.clone(), message, help);
    };
    if matches!(function.vis, Visibility::Inherited) {
        refuse(
            format!("`{name}` is private, so nothing can call it"),
            if is_register {
                "write `pub async fn register`"
            } else {
                "write `pub async fn on_request_error`"
            },
        );
    }
    let is_lifetime = |param: &syn::GenericParam| matches!(param, syn::GenericParam::Lifetime(_));
    if !signature.generics.params.iter().all(is_lifetime) {
        refuse(format!("`{name}` cannot be generic"), "name the concrete type");
    }
    if matches!(signature.safety, syn::Safety::Unsafe(_)) {
        refuse(format!("`{name}` cannot be `unsafe`"), "write a plain `async fn`");
    }
    if signature.receiver().is_some() {
        refuse(
            format!("`{name}` cannot take `self`"),
            "write a function at the top level of the file",
        );
    } else if is_register && !signature.inputs.is_empty() {
        refuse(
            "`register` takes no arguments".to_owned(),
            "what it makes for the app is made in `main` and given to `app::router` as its state",
        );
    } else if signature.inputs.len() > LONGEST_REPORT {
        refuse(
            "`on_request_error` is told three things".to_owned(),
            "take any of `error: &bff::Error`, `request: &RequestInfo` and `context: &ErrorContext`",
        );
    }
    (diagnostics.len() == before).then(|| InstrumentationFunction {
        is_async: signature.asyncness.is_some(),
        arguments: signature.inputs.len(),
        cfgs: function.attrs.iter().filter_map(cfg).collect(),
    })
}
