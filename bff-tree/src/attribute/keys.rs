use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, ExprLit, Lit, spanned::Spanned};

use super::AttributeArgs;
use crate::{
    Code, Location, Mistake, RateLimit, RateLimitMistake,
    config::Setting,
    cors, csrf,
    quantity::{self, QuantityMistake},
    suggest,
};

/// Keys that handler attributes take.
const KEYS: [&str; 12] = [
    "invalid_param",
    "timeout",
    "body_limit",
    "concurrency",
    "rate_limit",
    "cors",
    "csrf",
    "require",
    "revalidate",
    "tags",
    "vary",
    "force_static",
];

/// Keys of the design that this version does not act on. They are refused, never ignored.
const LATER_KEYS: [&str; 1] = ["content_type"];

impl AttributeArgs {
    /// Takes `key = value`.
    pub(super) fn key(&mut self, key: &Ident, value: &Expr, mistakes: &mut Vec<Mistake>) {
        let read = match &*key.to_string() {
            "invalid_param" => self.invalid_param(value),
            "timeout" => {
                let timeout = text(key, value, quantity::duration, "timeout = \"5s\"");
                set(&mut self.policy.timeout, key, timeout)
            }
            "body_limit" => {
                let limit = text(key, value, quantity::size, "body_limit = \"64KiB\"");
                set(&mut self.policy.body_limit, key, limit)
            }
            "concurrency" => set(&mut self.policy.concurrency, key, count(key, value)),
            "rate_limit" => set(&mut self.policy.rate_limit, key, rate_limit(value)),
            "cors" => set_read(&mut self.policy.cors, key, cors::of_value(key, value, mistakes)),
            "csrf" => set_read(&mut self.policy.csrf, key, csrf::of_value(value, mistakes)),
            "require" => self.required(key, value),
            "revalidate" => self.revalidate(key, value),
            "tags" => self.tags(key, value, mistakes),
            "vary" => self.vary(key, value, mistakes),
            "force_static" => self.force_static(key, Some(value)),
            _ => self.image_key(key, value).unwrap_or_else(|| Err(unknown_key(key))),
        };
        mistakes.extend(read.err());
    }

    /// Takes `key`.
    pub(super) fn word(&mut self, key: &Ident, mistakes: &mut Vec<Mistake>) {
        let read = match &*key.to_string() {
            "force_static" => self.force_static(key, None),
            _ => Err(unknown_key(key)),
        };
        mistakes.extend(read.err());
    }

    /// Takes `key(…)`.
    pub(super) fn list(&mut self, key: &Ident, tokens: TokenStream, mistakes: &mut Vec<Mistake>) {
        let word = key.to_string();
        let read = match &*word {
            "cors" => set_read(&mut self.policy.cors, key, cors::of_list(key, tokens, mistakes)),
            "csrf" => set_read(&mut self.policy.csrf, key, csrf::of_list(key, tokens, mistakes)),
            _ if KEYS.contains(&&*word) => {
                let message = format!("`{word}` takes one value");
                Err(wrong(message, format!("write `{word} = …`"), key.span()))
            }
            _ => Err(unknown_key(key)),
        };
        mistakes.extend(read.err());
    }

    fn invalid_param(&mut self, value: &Expr) -> Result<(), Mistake> {
        match value {
            Expr::Lit(ExprLit { lit: Lit::Int(status), .. })
                if matches!(status.base10_parse(), Ok(400 | 404)) =>
            {
                self.invalid_param = status.base10_parse().ok();
                Ok(())
            }
            _ => Err(wrong(
                "`invalid_param` is the status for a param that does not parse",
                "write `invalid_param = 400` or `invalid_param = 404` (the default)",
                value.span(),
            )),
        }
    }
}

/// A mistake in a value.
pub(crate) fn wrong(message: impl Into<String>, help: impl Into<String>, span: Span) -> Mistake {
    Mistake { code: Code::AttributeValue, message: message.into(), help: help.into(), span }
}

/// Sets what a key says, once on a function.
pub(super) fn set<T>(
    slot: &mut Option<Setting<T>>,
    key: &Ident,
    value: Result<T, Mistake>,
) -> Result<(), Mistake> {
    let value = value?;
    if slot.is_some() {
        return Err(twice(key));
    }
    *slot = Some(Setting { value, place: Location::file("") });
    Ok(())
}

/// The same where what is wrong with the value has been told.
fn set_read<T>(
    slot: &mut Option<Setting<T>>,
    key: &Ident,
    value: Option<T>,
) -> Result<(), Mistake> {
    value.map_or(Ok(()), |value| set(slot, key, Ok(value)))
}

pub(crate) fn twice(key: &Ident) -> Mistake {
    wrong(format!("`{key}` is given twice on this handler"), "remove one of them", key.span())
}

/// A value that is written as a string.
fn text<T>(
    key: &Ident,
    value: &Expr,
    read: fn(&str) -> Result<T, QuantityMistake>,
    example: &str,
) -> Result<T, Mistake> {
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value else {
        let help = format!("write `{example}`");
        return Err(wrong(format!("`{key}` is a string"), help, value.span()));
    };
    read(&text.value())
        .map_err(|QuantityMistake { message, help }| wrong(message, help, text.span()))
}

/// A whole number, or `"none"`.
fn count(key: &Ident, value: &Expr) -> Result<Option<u32>, Mistake> {
    let read = match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            quantity::count(number.base10_digits())
        }
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => quantity::no_count(&text.value()),
        _ => {
            let help = format!("write `{key} = 100`");
            return Err(wrong(format!("`{key}` is a number"), help, value.span()));
        }
    };
    read.map_err(|QuantityMistake { message, help }| wrong(message, help, value.span()))
}

/// One limit or several, or `"none"`.
fn rate_limit(value: &Expr) -> Result<Vec<RateLimit>, Mistake> {
    let example = "write `rate_limit = \"10/min\"`, or several of them in brackets";
    let items: Vec<&Expr> = match value {
        Expr::Array(array) => array.elems.iter().collect(),
        value => vec![value],
    };
    let texts = items.iter().map(|item| match item {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text),
        other => Err(wrong("a rate limit is a string", example, other.span())),
    });
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    match &texts[..] {
        [] => Err(wrong("there is no limit in it", example, value.span())),
        [text] if text.value() == quantity::NONE => Ok(Vec::new()),
        texts => {
            let limits = texts.iter().map(|text| {
                RateLimit::read(&text.value())
                    .map_err(|RateLimitMistake { message, help }| wrong(message, help, text.span()))
            });
            limits.collect()
        }
    }
}

fn unknown_key(key: &Ident) -> Mistake {
    let word = key.to_string();
    if KEYS.contains(&&*word) {
        let message = format!("`{word}` lacks its value");
        return wrong(message, format!("write `{word} = …`"), key.span());
    }
    if LATER_KEYS.contains(&&*word) {
        return Mistake {
            code: Code::UnsupportedKey,
            message: format!("`{word}` is not supported by this version of bff"),
            help: "remove it; a key that has no effect yet is refused rather than ignored"
                .to_owned(),
            span: key.span(),
        };
    }
    Mistake {
        code: Code::UnknownKey,
        message: format!("handler attributes have no key `{word}`"),
        help: match suggest::nearest(&word, KEYS.into_iter().chain(LATER_KEYS)) {
            Some(near) if KEYS.contains(&near) => format!("did you mean `{near}`?"),
            Some(near) => {
                format!("remove it; `{near}` is not supported by this version of bff either")
            }
            None => format!("remove it; known keys: `{}`", KEYS.join("`, `")),
        },
        span: key.span(),
    }
}
