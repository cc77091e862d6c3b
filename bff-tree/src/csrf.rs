//! `csrf`: whether requests that pages of other sites cause are refused, and whose are let in.
//!
//! Written in `bff.toml` (`config/csrf.rs`) or in the attribute of a handler, [`of_value`] and [`of_list`].

use proc_macro2::{Ident, TokenStream};
use syn::{Expr, spanned::Spanned};

use crate::{
    AllowedOrigin, Code, Mistake,
    key_list::{self, KeyList, Known, wrong},
    path_pattern::PatternMistake,
};

/// A CSRF policy that has been checked. Without one, requests are checked and no other origin is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csrf {
    /// False for `csrf = false`.
    pub enabled: bool,
    /// Whose pages may act for the user.
    pub trusted_origins: Vec<AllowedOrigin>,
}

/// The keys in `bff.toml` too.
pub(crate) const KEYS: &[&str] = &["trusted_origins"];

/// What other stacks call them.
pub(crate) const ELSEWHERE: &[(&str, &str)] = &[
    ("origins", "write `trusted_origins`"),
    ("allowed_origins", "write `trusted_origins`"),
    ("enabled", "write `csrf = false` to switch it off"),
    ("token", "remove it; there is no token, browsers say where a request comes from"),
    ("secret", "remove it; there is no token, browsers say where a request comes from"),
    ("cookie", "remove it; there is no token, browsers say where a request comes from"),
];

const KNOWN: Known = Known {
    of: "csrf",
    keys: KEYS,
    elsewhere: ELSEWHERE,
    example: "csrf(trusted_origins = [\"https://app.example.com\"])",
};

impl Csrf {
    /// `csrf = true` or `csrf = false`.
    pub(crate) fn switched(enabled: bool) -> Self {
        Self { enabled, trusted_origins: Vec::new() }
    }
}

/// Reads one of `trusted_origins`.
pub(crate) fn trusted_origin(text: &str) -> Result<AllowedOrigin, PatternMistake> {
    if text == "*" {
        return Err(PatternMistake {
            code: Code::CorsPolicy,
            at: 0..1,
            message: "whoever trusts every origin checks nothing".to_owned(),
            help: "list the origins, or write `csrf = false`".to_owned(),
        });
    }
    AllowedOrigin::parse(text)
}

/// `csrf = false`.
pub(crate) fn of_value(value: &Expr, mistakes: &mut Vec<Mistake>) -> Option<Csrf> {
    let switched = key_list::boolean(value).map(Csrf::switched);
    if switched.is_none() {
        let message = "`csrf` is true or false".to_owned();
        let help = format!("write `csrf = false`, or `{}`", KNOWN.example);
        mistakes.push(wrong(message, help, value.span()));
    }
    switched
}

/// `csrf(trusted_origins = […])`, of which these are the tokens between the parentheses.
pub(crate) fn of_list(
    key: &Ident,
    tokens: TokenStream,
    mistakes: &mut Vec<Mistake>,
) -> Option<Csrf> {
    let list = KeyList::parse(tokens, &KNOWN, mistakes)?;
    if list.get("trusted_origins").is_none() {
        let help = format!("write `{}`", KNOWN.example);
        mistakes.push(wrong("`csrf` lacks `trusted_origins`".to_owned(), help, key.span()));
    }
    let mut csrf = Csrf::switched(true);
    for (text, span) in list.texts("trusted_origins", mistakes)? {
        match trusted_origin(&text) {
            Ok(origin) => csrf.trusted_origins.push(origin),
            Err(PatternMistake { code, message, help, .. }) => {
                mistakes.push(Mistake { code, message, help, span });
            }
        }
    }
    Some(csrf)
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    #[test]
    fn a_policy_is_a_switch_or_a_list() {
        let trusting = |origins: &[&str]| Csrf {
            enabled: true,
            trusted_origins: origins
                .iter()
                .map(|it| AllowedOrigin::Exact((*it).to_owned()))
                .collect(),
        };
        for (text, expected) in [
            ("true", Ok(Csrf::switched(true))),
            ("false", Ok(Csrf::switched(false))),
            (r#"(trusted_origins = "https://a.example")"#, Ok(trusting(&["https://a.example"]))),
            ("(trusted_origins = [])", Ok(trusting(&[]))),
            (r#""none""#, Err("BFF0311 `csrf` is true or false")),
            ("()", Err("BFF0311 `csrf` lacks `trusted_origins`")),
            ("(token = true)", Err("BFF0309 `csrf` has no key `token`")),
            ("(trusted_origin = [])", Err("BFF0309 `csrf` has no key `trusted_origin`")),
            (
                r#"(trusted_origins = "*")"#,
                Err("BFF0831 whoever trusts every origin checks nothing"),
            ),
            (r#"(trusted_origins = ["null"])"#, Err("BFF0830 `null` is the origin of any page")),
        ] {
            let mut mistakes: Vec<Mistake> = Vec::new();
            let key = Ident::new("csrf", Span::call_site());
            let list = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
            let csrf = match list {
                Some(list) => of_list(&key, list.parse().expect("tokens"), &mut mistakes),
                None => of_value(&syn::parse_str(text).expect("an expression"), &mut mistakes),
            };
            match (expected, mistakes.first()) {
                (Ok(expected), None) => assert_eq!(csrf, Some(expected), "{text}"),
                (Err(start), Some(told)) => {
                    let told = format!("{} {}", told.code, told.message);
                    assert!(told.starts_with(start), "{text}: {told}");
                }
                (expected, told) => panic!("{text}: {expected:?}, {told:?}"),
            }
        }
    }
}
