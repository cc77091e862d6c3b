//! Path patterns, conditions and destinations as the static data of `::bff::__private::matching`.
//!
//! Each function takes a checked type of `bff_tree::path_pattern` and gives the constant expression of its
//! namesake at request time. Who writes a table of them, `bff.toml` or `#[proxy(matcher)]`, is no concern here.

use bff_tree::path_pattern::{
    Condition, ConditionTest, ConditionValue, Destination, DestinationUse, HeaderTemplate, Origin,
    Part, PathPattern, Piece, Place, Shape, Variable,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `matching::Rule`: which paths are meant, and what else must hold.
pub(super) fn rule(pattern: &PathPattern, has: &[Condition], missing: &[Condition]) -> TokenStream {
    let source = source(pattern);
    let has = has.iter().map(condition);
    let missing = missing.iter().map(condition);
    quote! {
        ::bff::__private::matching::Rule {
            source: #source,
            has: &[#(#has),*],
            missing: &[#(#missing),*],
        }
    }
}

/// `matching::Source`.
pub(super) fn source(pattern: &PathPattern) -> TokenStream {
    let text = pattern.text();
    let prefix = pattern.prefix();
    let shape = shape(pattern.shape());
    let params = pattern.params().iter().map(|param| {
        let name = param.name.as_deref().unwrap_or("");
        let separator = option(param.separator.as_deref());
        quote! { ::bff::__private::matching::SourceParam { name: #name, separator: #separator } }
    });
    let delimiters = pattern.dialect().delimiters();
    let case_sensitive = pattern.dialect().is_case_sensitive();
    quote! {
        ::bff::__private::matching::Source {
            text: #text,
            prefix: #prefix,
            shape: #shape,
            params: &[#(#params),*],
            delimiters: #delimiters,
            case_sensitive: #case_sensitive,
        }
    }
}

/// `matching::Condition`.
pub(super) fn condition(condition: &Condition) -> TokenStream {
    let place = match condition.place {
        Place::Header => quote! { Header },
        Place::Cookie => quote! { Cookie },
        Place::Query => quote! { Query },
        Place::Host => quote! { Host },
    };
    let key = &condition.key;
    let test = match &condition.test {
        ConditionTest::Present => quote! { Present },
        ConditionTest::NotEmpty => quote! { NotEmpty },
        ConditionTest::Value(ConditionValue::Literal(text)) => quote! { Literal(#text) },
        ConditionTest::Value(ConditionValue::Regex { regex, backtracking, groups }) => {
            let groups = groups.iter().map(|(name, _)| name);
            let regex = if *backtracking { self::backtracking(regex) } else { linear(regex) };
            quote! { Regex { regex: #regex, groups: &[#(#groups),*] } }
        }
    };
    let capture = option(condition.capture.as_deref());
    quote! {
        ::bff::__private::matching::Condition {
            place: ::bff::__private::matching::Place::#place,
            key: #key,
            test: ::bff::__private::matching::ConditionTest::#test,
            capture: #capture,
        }
    }
}

/// `matching::Destination`.
pub(super) fn destination(destination: &Destination, usage: DestinationUse) -> TokenStream {
    let text = &destination.text;
    let origin = match &destination.origin {
        Origin::Same => quote! { Same },
        Origin::Absolute { scheme, authority } => {
            let authority = pieces(authority);
            quote! { Absolute { scheme: #scheme, authority: #authority } }
        }
        Origin::Variable(named) => {
            let variable = variable(named);
            quote! { Variable(#variable) }
        }
        // Reading the file has put in its place what it declares.
        Origin::Upstream(_) => quote! { Same },
    };
    let path = pieces(&destination.path);
    let query = destination.query.iter().map(|pair| {
        let (name, written) = (&pair.name, &pair.written);
        let value = option(pair.value.as_deref().map(pieces));
        quote! {
            ::bff::__private::matching::QueryPair { name: #name, written: #written, value: #value }
        }
    });
    let fragment = option(destination.fragment.as_deref().map(pieces));
    // DC-06: what host and path leave unused goes into the query, in rewrites alone.
    let appends = usage == DestinationUse::Rewrite && !destination.uses_params_before_query();
    quote! {
        ::bff::__private::matching::Destination {
            text: #text,
            origin: ::bff::__private::matching::Origin::#origin,
            path: #path,
            query: &[#(#query),*],
            fragment: #fragment,
            appends: #appends,
        }
    }
}

/// `matching::HeaderTemplate`.
pub(super) fn header(name: &HeaderTemplate, value: &HeaderTemplate) -> TokenStream {
    let name = pieces(&name.pieces);
    let value = pieces(&value.pieces);
    quote! { ::bff::__private::matching::HeaderTemplate { name: #name, value: #value } }
}

/// `matching::Variable`.
pub(super) fn variable(variable: &Variable) -> TokenStream {
    let name = &variable.name;
    let default = option(variable.default.as_deref());
    quote! { ::bff::__private::matching::Variable { name: #name, default: #default } }
}

fn shape(shape: &Shape) -> TokenStream {
    let shape = match shape {
        Shape::Literal(text) => quote! { Literal(#text) },
        Shape::Segments(parts) => {
            let parts = parts.iter().map(|part| {
                let part = match part {
                    Part::Literal(text) => quote! { Literal(#text) },
                    Part::Param => quote! { Param },
                    Part::Optional => quote! { Optional },
                    Part::Any => quote! { Any },
                    Part::Some => quote! { Some },
                };
                quote! { ::bff::__private::matching::Part::#part }
            });
            quote! { Segments(&[#(#parts),*]) }
        }
        Shape::Regex { regex, except } => {
            let (regex, except) = (linear(regex), option(except.as_deref().map(linear)));
            quote! { Regex { regex: #regex, except: #except } }
        }
        Shape::Backtracking(regex) => {
            let regex = backtracking(regex);
            quote! { Backtracking(#regex) }
        }
    };
    quote! { ::bff::__private::matching::Shape::#shape }
}

/// `matching::Regex`, which names its engine.
fn linear(regex: &str) -> TokenStream {
    quote! { ::bff::__private::matching::Regex::linear(#regex) }
}

/// The same for one with look-around.
fn backtracking(regex: &str) -> TokenStream {
    quote! { ::bff::__private::matching::Regex::backtracking(#regex) }
}

fn pieces(pieces: &[Piece]) -> TokenStream {
    let pieces = pieces.iter().map(|piece| {
        let piece = match piece {
            Piece::Literal(text) => quote! { Literal(#text) },
            Piece::Param { name, prefix, suffix, list } => quote! {
                Param { name: #name, prefix: #prefix, suffix: #suffix, list: #list }
            },
        };
        quote! { ::bff::__private::matching::Piece::#piece }
    });
    quote! { &[#(#pieces),*] }
}

/// An `Option` that no name in the user's crate can shadow.
pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote! { ::core::option::Option::Some(#value) },
        None => quote! { ::core::option::Option::None },
    }
}
