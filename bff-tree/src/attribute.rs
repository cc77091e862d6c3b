use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use syn::{
    Expr, ExprLit, Ident, Lit, LitStr, Token,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{
    Code, Method, Mistake, RouteKind, method,
    quantity::{self, QuantityMistake},
    suggest,
};

/// Keys that handler attributes take.
const KEYS: [&str; 3] = ["invalid_param", "timeout", "body_limit"];

/// Keys of the design that this version does not act on. They are refused, never ignored.
const LATER_KEYS: [&str; 6] =
    ["rate_limit", "cors", "revalidate", "tags", "force_static", "content_type"];

/// What a handler's attributes say, all of them together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeArgs {
    /// The methods in the order written.
    pub methods: Vec<Method>,
    /// True with `#[api]`: every method, so none is named (RH-470).
    pub every_method: bool,
    /// The status for a param that does not parse: 404 unless it says 400 (RH-030).
    pub invalid_param: Option<u16>,
    /// How long it may take until it responds; `Some(None)` is for ever (RH-351).
    pub timeout: Option<Option<Duration>>,
    /// How many bytes a body may have; `Some(None)` is any number (RH-114).
    pub body_limit: Option<Option<u64>>,
}

/// True for the last word of `#[get]`, `#[bff::post(…)]`, `#[route(…)]`, `#[api]`.
pub fn is_handler_attribute(name: &str) -> bool {
    matches!(name, "route" | "api") || Method::from_attribute(name).is_some()
}

/// The handler attribute that `name` was probably meant to be.
pub(crate) fn misspelt(name: &str, kind: RouteKind) -> Option<String> {
    if is_handler_attribute(name) {
        return None;
    }
    if kind == RouteKind::Pages {
        return suggest::nearest(name, ["api"]).map(str::to_owned);
    }
    let names: Vec<String> =
        method::WITH_ATTRIBUTE.iter().map(|method| method.to_ascii_lowercase()).collect();
    suggest::nearest(name, names.iter().map(|name| &**name).chain(["route"])).map(str::to_owned)
}

impl AttributeArgs {
    /// Adds what one attribute says: its last word (`get`, `route`) and the tokens between its parentheses.
    pub fn add(&mut self, name: &Ident, arguments: TokenStream, mistakes: &mut Vec<Mistake>) {
        let own_method = Method::from_attribute(&name.to_string());
        let lists_methods = name == "route";
        let items = match Punctuated::<Item, Token![,]>::parse_terminated.parse2(arguments) {
            Ok(items) => items,
            Err(error) => {
                mistakes.push(Mistake {
                    code: Code::AttributeValue,
                    message: format!("malformed arguments of `#[{name}]`: {error}"),
                    help: "write `key = value`, separated by commas".to_owned(),
                    span: error.span(),
                });
                Punctuated::new()
            }
        };
        if let Some(method) = &own_method {
            self.method(method.clone(), name.span(), mistakes);
        } else if name == "api" {
            self.every_method(name.span(), mistakes);
        } else if !items.iter().any(|item| matches!(item, Item::Word(_) | Item::Text(_)))
            && mistakes.is_empty()
        {
            mistakes.push(Mistake {
                code: Code::AttributeValue,
                message: "`#[route]` names no method".to_owned(),
                help: "list the methods: `#[route(GET, POST)]`".to_owned(),
                span: name.span(),
            });
        }
        let mut refused_methods = false;
        for item in items {
            match item {
                Item::Word(word) if lists_methods => {
                    self.checked(Method::from_word(&word.to_string()), word.span(), mistakes)
                }
                Item::Text(text) if lists_methods => {
                    self.checked(Method::from_string(&text.value()), text.span(), mistakes)
                }
                Item::Word(word)
                    if name == "api" && Method::from_word(&word.to_string()).is_ok() =>
                {
                    // A list of them is one mistake.
                    if std::mem::replace(&mut refused_methods, true) {
                        continue;
                    }
                    mistakes.push(Mistake {
                        code: Code::AttributeValue,
                        message: "`#[api]` takes no methods".to_owned(),
                        help:
                            "remove them; the function answers every method and can take a `Method`"
                                .to_owned(),
                        span: word.span(),
                    });
                }
                Item::Word(word) => mistakes.push(unknown_key(&word)),
                Item::Text(text) => mistakes.push(Mistake {
                    code: Code::AttributeValue,
                    message: format!("`#[{name}]` takes no string"),
                    help: "remove it; a route's path is that of its folder".to_owned(),
                    span: text.span(),
                }),
                Item::KeyValue(key, value) => self.key(&key, &value, mistakes),
            }
        }
    }

    fn checked(
        &mut self,
        method: Result<Method, method::MethodMistake>,
        span: Span,
        mistakes: &mut Vec<Mistake>,
    ) {
        match method {
            Ok(method) => self.method(method, span, mistakes),
            Err(wrong) => {
                mistakes.push(Mistake {
                    code: Code::UnknownMethod,
                    message: wrong.message,
                    help: wrong.help,
                    span,
                });
            }
        }
    }

    fn method(&mut self, method: Method, span: Span, mistakes: &mut Vec<Mistake>) {
        if self.methods.contains(&method) {
            mistakes.push(Mistake {
                code: Code::DuplicateMethod,
                message: format!("`{method}` is named twice on this handler"),
                help: "remove one of them".to_owned(),
                span,
            });
        } else {
            self.methods.push(method);
        }
    }

    fn every_method(&mut self, span: Span, mistakes: &mut Vec<Mistake>) {
        if std::mem::replace(&mut self.every_method, true) {
            mistakes.push(Mistake {
                code: Code::TwoApis,
                message: "`#[api]` stands twice on this function".to_owned(),
                help: "remove one of them".to_owned(),
                span,
            });
        }
    }

    fn key(&mut self, key: &Ident, value: &Expr, mistakes: &mut Vec<Mistake>) {
        match &*key.to_string() {
            "invalid_param" => {}
            "timeout" => {
                let example = "timeout = \"5s\"";
                limit(&mut self.timeout, key, value, quantity::duration, example, mistakes);
                return;
            }
            "body_limit" => {
                let example = "body_limit = \"64KiB\"";
                limit(&mut self.body_limit, key, value, quantity::size, example, mistakes);
                return;
            }
            _ => {
                mistakes.push(unknown_key(key));
                return;
            }
        }
        match value {
            Expr::Lit(ExprLit { lit: Lit::Int(status), .. })
                if matches!(status.base10_parse(), Ok(400 | 404)) =>
            {
                self.invalid_param = status.base10_parse().ok();
            }
            _ => mistakes.push(Mistake {
                code: Code::AttributeValue,
                message: "`invalid_param` is the status for a param that does not parse".to_owned(),
                help: "write `invalid_param = 400` or `invalid_param = 404` (the default)"
                    .to_owned(),
                span: value.span(),
            }),
        }
    }
}

/// A size or a duration, which is a string, once on a function.
fn limit<T>(
    slot: &mut Option<Option<T>>,
    key: &Ident,
    value: &Expr,
    read: fn(&str) -> Result<Option<T>, QuantityMistake>,
    example: &str,
    mistakes: &mut Vec<Mistake>,
) {
    let wrong = |message: String, help: String, span| Mistake {
        code: Code::AttributeValue,
        message,
        help,
        span,
    };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value else {
        let message = format!("`{key}` is a string");
        mistakes.push(wrong(message, format!("write `{example}`"), value.span()));
        return;
    };
    match read(&text.value()) {
        Ok(_) if slot.is_some() => {
            let message = format!("`{key}` is given twice on this handler");
            mistakes.push(wrong(message, "remove one of them".to_owned(), key.span()));
        }
        Ok(quantity) => *slot = Some(quantity),
        Err(QuantityMistake { message, help }) => mistakes.push(wrong(message, help, text.span())),
    }
}

fn unknown_key(key: &Ident) -> Mistake {
    let word = key.to_string();
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

/// One argument of a handler attribute.
enum Item {
    Word(Ident),
    Text(LitStr),
    KeyValue(Ident, Box<Expr>),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Self::Text);
        }
        let word: Ident = input.parse()?;
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            return Ok(Self::KeyValue(word, Box::new(input.parse()?)));
        }
        Ok(Self::Word(word))
    }
}
