mod cache;
mod item;
mod keys;
mod required;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Token, parse::Parser, punctuated::Punctuated};

pub(crate) use self::keys::{twice, wrong};
pub use self::required::Requirement;
pub(crate) use self::required::{nearest_requirement, requirement_named};
use self::{cache::CacheKeys, item::Item};
use crate::{
    Code, ImageArgs, MetadataAttribute, MetadataKind, Method, Mistake, RouteKind, config::Policy,
    method, suggest,
};

/// What a handler's attributes say, all of them together.
#[derive(Clone, Debug, Default)]
pub struct AttributeArgs {
    /// The methods in the order written.
    pub methods: Vec<Method>,
    /// True with `#[api]`: every method, so none is named (RH-470).
    pub every_method: bool,
    /// The status for a param that does not parse: 404 unless it says 400 (RH-030).
    pub invalid_param: Option<u16>,
    /// What is asked of its requests. The places in it are empty.
    pub policy: Policy,
    /// Functions that a request has to satisfy before it reaches the handler, in the order written.
    pub require: Vec<Requirement>,
    /// Where its keys of the response cache stand, and that it is static.
    pub(crate) cache: CacheKeys,
    /// What the attribute of a metadata function is about.
    pub metadata: Option<MetadataAttribute>,
    /// What it says of its image.
    pub image: ImageArgs,
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
        let metadata = MetadataAttribute::of(&name.to_string());
        // A metadata function is a handler of GET under another name (RH-461).
        let own_method = match metadata {
            Some(_) => Method::from_attribute("get"),
            None => Method::from_attribute(&name.to_string()),
        };
        if metadata.is_some() {
            self.metadata = metadata;
        }
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
        if let Some(MetadataAttribute { kind, lists: true }) = metadata
            && kind != MetadataKind::Sitemap
            && !items.is_empty()
        {
            mistakes.push(Mistake {
                code: Code::AttributeValue,
                message: format!("`#[{name}]` takes nothing: no request is for the list itself"),
                help: format!("write it on `#[{}]`", kind.attribute().unwrap_or_default()),
                span: name.span(),
            });
            return;
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
                Item::Word(word) => self.word(&word, mistakes),
                Item::Text(text) => mistakes.push(Mistake {
                    code: Code::AttributeValue,
                    message: format!("`#[{name}]` takes no string"),
                    help: "remove it; a route's path is that of its folder".to_owned(),
                    span: text.span(),
                }),
                Item::KeyValue(key, value) => self.key(&key, &value, mistakes),
                Item::List(key, tokens) => self.list(&key, tokens, mistakes),
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
}
