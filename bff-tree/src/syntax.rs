//! What files of every kind have: attributes, and positions in what syn has parsed.

use proc_macro2::{LineColumn, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The tokens between an attribute's parentheses.
pub(crate) fn arguments(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) => TokenStream::new(),
        Meta::NameValue(pair) => pair.value.to_token_stream(),
    }
}

/// The predicate of a `#[cfg(…)]`.
pub(crate) fn cfg(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.to_string()),
        _ => None,
    }
}

/// The predicate of a file's own `#![cfg(…)]`; `inner` is what is between the brackets.
pub(crate) fn inner_cfg(inner: &str) -> Option<String> {
    let rest = inner.trim().strip_prefix("cfg")?.trim_start();
    rest.strip_prefix('(')?.trim_end().strip_suffix(')').map(str::to_owned)
}

/// The line of a doc comment, trimmed.
pub fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// Byte offset of a position that the fallback parser gave. Inside a macro every position is the macro call's,
/// but there the attribute reports these mistakes and nobody reads the offset.
pub(crate) fn offset_of(text: &str, position: LineColumn) -> usize {
    let line_start: usize =
        text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(line_start..).unwrap_or("");
    line_start + line.chars().take(position.column).map(char::len_utf8).sum::<usize>()
}
