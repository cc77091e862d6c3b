//! `#[get(cors = …)]` and `#[get(cors(…))]`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, spanned::Spanned};

use super::{
    Cors,
    draft::{Draft, NONE, Said},
};
use crate::{
    Code, Mistake,
    key_list::{self, KeyList, Known, texts, wrong},
    path_pattern::PatternMistake,
};

/// The keys of a policy in `bff.toml` too.
pub(crate) const KEYS: &[&str] =
    &["origins", "credentials", "allow_headers", "expose_headers", "max_age", "private_network"];

/// What other stacks call them.
pub(crate) const ELSEWHERE: &[(&str, &str)] = &[
    ("origin", "write `origins`"),
    ("allow_origin", "write `origins`"),
    ("allow_origins", "write `origins`"),
    ("allowed_origins", "write `origins`"),
    ("allow_credentials", "write `credentials`"),
    ("supports_credentials", "write `credentials`"),
    (
        "headers",
        "write `allow_headers` for those that a page sends, `expose_headers` for those that it reads",
    ),
    ("allowed_headers", "write `allow_headers`"),
    ("exposed_headers", "write `expose_headers`"),
    ("methods", "remove it; the methods are those of the route"),
    ("allow_methods", "remove it; the methods are those of the route"),
    ("allowed_methods", "remove it; the methods are those of the route"),
    ("allow_private_network", "write `private_network`"),
    ("vary", "remove it; `Vary` has `Origin` in it wherever an answer depends on it"),
];

const KNOWN: Known = Known {
    of: "cors",
    keys: KEYS,
    elsewhere: ELSEWHERE,
    example: "cors(origins = [\"https://app.example.com\"], credentials = true)",
};

/// `cors = "https://a"`, `cors = ["https://a", "https://b"]`, `cors = "*"`. `Some(None)` is for `cors = "none"`.
pub(crate) fn of_value(
    key: &Ident,
    value: &Expr,
    mistakes: &mut Vec<Mistake>,
) -> Option<Option<Cors>> {
    if key_list::text(value).is_some_and(|(text, _)| text == NONE) {
        return Some(None);
    }
    if let Some(on) = key_list::boolean(value) {
        let help = if on {
            "list the origins, `cors = \"https://app.example.com\"`"
        } else {
            "write `cors = \"none\"`"
        };
        let message = "`cors` is an origin or a list of origins".to_owned();
        mistakes.push(wrong(message, help.to_owned(), value.span()));
        return None;
    }
    let origins = texts(&key.to_string(), value, mistakes)?;
    checked(Draft::of(value.span(), Some(said_each(origins))), mistakes).map(Some)
}

/// `cors(origins = […], credentials = true)`, of which these are the tokens between the parentheses.
pub(crate) fn of_list(
    key: &Ident,
    tokens: TokenStream,
    mistakes: &mut Vec<Mistake>,
) -> Option<Option<Cors>> {
    let list = KeyList::parse(tokens, &KNOWN, mistakes)?;
    if list.get("origins").is_none() {
        let message = "`cors` lacks `origins`".to_owned();
        let help = "add `origins = [\"https://app.example.com\"]`".to_owned();
        mistakes.push(wrong(message, help, key.span()));
    }
    let draft = Draft {
        place: list.get("origins").map_or_else(|| key.span(), Spanned::span),
        origins: list.texts("origins", mistakes).map(said_each),
        credentials: list.boolean("credentials", mistakes).map(said),
        allow_headers: list.texts("allow_headers", mistakes).map(said_each),
        expose_headers: list.texts("expose_headers", mistakes).map(said_each),
        max_age: list.text("max_age", mistakes).map(said),
        private_network: list.boolean("private_network", mistakes).map(said),
    };
    checked(draft, mistakes).map(Some)
}

fn checked(draft: Draft<Span>, mistakes: &mut Vec<Mistake>) -> Option<Cors> {
    draft.check(&mut |span, PatternMistake { code, message, help, .. }| {
        // A quantity in an attribute is a value of an attribute.
        let code = if code == Code::Quantity { Code::AttributeValue } else { code };
        mistakes.push(Mistake { code, message, help, span: *span });
    })
}

fn said_each(texts: Vec<(String, Span)>) -> Vec<Said<String, Span>> {
    texts.into_iter().map(said).collect()
}

fn said<T>((value, place): (T, Span)) -> Said<T, Span> {
    Said { value, place }
}
