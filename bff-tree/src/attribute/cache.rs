use proc_macro2::{Ident, Span};
use syn::{Expr, ExprLit, Lit, spanned::Spanned};

use super::{
    AttributeArgs,
    keys::{set, twice, wrong},
};
use crate::{
    Code, HandlerForm, Location, Mistake, RoutePattern,
    cache::{CacheMistake, MOST_TAGS, Revalidate, Tag, Vary, listed},
    config::Setting,
    key_list::{boolean, texts},
    suggest,
};

/// Where the keys of the response cache stand, for what is wrong with them together.
#[derive(Clone, Debug, Default)]
pub(crate) struct CacheKeys {
    revalidate: Option<Span>,
    force_static: Option<Span>,
    vary: Option<Span>,
    tags: Option<Span>,
    /// One for each tag of the policy.
    each_tag: Vec<Span>,
}

impl CacheKeys {
    /// True with `force_static`.
    pub(crate) fn is_static(&self) -> bool {
        self.force_static.is_some()
    }

    /// Those that are there, with their names.
    fn named(&self) -> impl Iterator<Item = (&'static str, Span)> {
        let Self { revalidate, force_static, vary, tags, each_tag: _ } = self;
        [("revalidate", revalidate), ("force_static", force_static), ("tags", tags), ("vary", vary)]
            .into_iter()
            .filter_map(|(name, span)| Some((name, (*span)?)))
    }
}

impl AttributeArgs {
    /// `revalidate = "60s"`, `"none"` or `0`.
    pub(super) fn revalidate(&mut self, key: &Ident, value: &Expr) -> Result<(), Mistake> {
        self.cache.revalidate = Some(key.span());
        let read = match value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Revalidate::read(&text.value()),
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
                Revalidate::number(number.base10_digits())
            }
            Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Revalidate::boolean(value.value),
            _ => Err(CacheMistake {
                message: "`revalidate` is a string".to_owned(),
                help: "write `revalidate = \"60s\"`".to_owned(),
            }),
        };
        set(&mut self.policy.revalidate, key, read.map_err(|mistake| at(mistake, value.span())))
    }

    /// `force_static`, or `force_static = true`.
    pub(super) fn force_static(
        &mut self,
        key: &Ident,
        value: Option<&Expr>,
    ) -> Result<(), Mistake> {
        if let Some(value) = value.filter(|value| boolean(value) != Some(true)) {
            let help = "write `force_static`, or remove it where the answer is not static";
            return Err(wrong("`force_static` can only be true", help, value.span()));
        }
        match self.cache.force_static.replace(key.span()) {
            None => Ok(()),
            Some(_) => Err(twice(key)),
        }
    }

    /// `tags = ["posts", "post:{id}"]`.
    pub(super) fn tags(
        &mut self,
        key: &Ident,
        value: &Expr,
        mistakes: &mut Vec<Mistake>,
    ) -> Result<(), Mistake> {
        if self.cache.tags.replace(key.span()).is_some() {
            return Err(twice(key));
        }
        let (tags, spans) = list(key, value, Tag::read, mistakes);
        if tags.len() > MOST_TAGS {
            let help = format!("a handler has at most {MOST_TAGS}; give several things one tag");
            return Err(wrong(format!("there are {} tags", tags.len()), help, key.span()));
        }
        (self.policy.tags, self.cache.each_tag) = (tags, spans);
        Ok(())
    }

    /// `vary = ["accept-language", "cookie:theme"]`.
    pub(super) fn vary(
        &mut self,
        key: &Ident,
        value: &Expr,
        mistakes: &mut Vec<Mistake>,
    ) -> Result<(), Mistake> {
        if self.cache.vary.replace(key.span()).is_some() {
            return Err(twice(key));
        }
        (self.policy.vary, _) = list(key, value, Vary::read, mistakes);
        Ok(())
    }

    /// Says what is wrong with the keys of the response cache together, and with this handler.
    pub(crate) fn refuse_cache_keys(
        &self,
        form: HandlerForm,
        pattern: &RoutePattern,
        mistakes: &mut Vec<Mistake>,
    ) {
        if let Some(mistake) = self.contradiction(form) {
            mistakes.push(mistake);
            return;
        }
        let params: Vec<&str> = pattern.params().map(|(_, _, name)| &*name.argument).collect();
        for (tag, span) in self.policy.tags.iter().zip(&self.cache.each_tag) {
            let unknown = tag.value.params().find(|name| !params.contains(name));
            mistakes.extend(unknown.map(|name| unknown_param(name, &params, pattern, *span)));
        }
    }

    fn contradiction(&self, form: HandlerForm) -> Option<Mistake> {
        let keys = &self.cache;
        let (name, first) = keys.named().next()?;
        let mistake = |message: String, help: &str, span: Span| {
            Some(Mistake { code: Code::CacheKeys, message, help: help.to_owned(), span })
        };
        if self.metadata.is_some_and(|metadata| metadata.lists) {
            return mistake(
                format!("`{name}` is about one answer, and this function lists several"),
                "put it on the function that makes each; the list is made for each request",
                first,
            );
        }
        let answers_get = self.methods.iter().any(|method| method.as_str() == "GET");
        if !self.every_method && !answers_get {
            return mistake(
                format!("`{name}` is about answers to GET, and this handler gives none"),
                "put it on the handler of GET; what answers another method always runs",
                first,
            );
        }
        let revalidate = self.policy.revalidate.as_ref().map(|setting| setting.value);
        let keeps_none = revalidate == Some(Revalidate::NotStored);
        let others = || keys.named().find(|(name, _)| *name != "revalidate");
        if let (true, Some((other, span))) = (keeps_none, others()) {
            return mistake(
                format!("`revalidate = 0` keeps no answer, so `{other}` has none to be about"),
                "remove one of the two",
                span,
            );
        }
        if keeps_none {
            return None;
        }
        if revalidate.is_none() && keys.revalidate.is_none() && !keys.is_static() {
            return mistake(
                format!("`{name}` is about answers that are kept, and nothing has these kept"),
                "add `revalidate = \"60s\"`, or `revalidate = \"none\"` to keep them until a tag or path is revalidated",
                first,
            );
        }
        if let (true, Some(span)) = (keys.is_static(), keys.vary) {
            return mistake(
                "a static answer is the same for everybody, so it varies by nothing".to_owned(),
                "remove `vary`, or keep an answer for each with `revalidate` in place of `force_static`",
                span,
            );
        }
        if form == HandlerForm::Factory {
            return mistake(
                format!(
                    "`{name}` cannot stand on a factory, whose handler may read anything of a request"
                ),
                "write an `async fn` that takes what it reads as arguments",
                first,
            );
        }
        None
    }
}

fn unknown_param(name: &str, params: &[&str], pattern: &RoutePattern, span: Span) -> Mistake {
    let help = match (suggest::nearest(name, params.iter().copied()), params) {
        (Some(near), _) => format!("did you mean `{{{near}}}`?"),
        (None, []) => "it has none; a tag without braces is the same for every path".to_owned(),
        (None, params) => format!("there are `{{{}}}`", params.join("}`, `{")),
    };
    Mistake {
        code: Code::CacheKeys,
        message: format!("`{{{name}}}` is not a param of `{}`", pattern.folder_style()),
        help,
        span,
    }
}

/// What a list holds, or one text, with its places; each of it once.
fn list<T: PartialEq>(
    key: &Ident,
    value: &Expr,
    read: fn(&str) -> Result<T, CacheMistake>,
    mistakes: &mut Vec<Mistake>,
) -> (Vec<Setting<T>>, Vec<Span>) {
    let key = key.to_string();
    let Some(texts) = texts(&key, value, mistakes) else { return Default::default() };
    let list = listed(&key, texts, value.span(), read, |mistake, span| {
        mistakes.push(at(mistake, span));
    });
    let setting = |value| Setting { value, place: Location::file("") };
    list.into_iter().map(|(value, span)| (setting(value), span)).unzip()
}

fn at(CacheMistake { message, help }: CacheMistake, span: Span) -> Mistake {
    wrong(message, help, span)
}
