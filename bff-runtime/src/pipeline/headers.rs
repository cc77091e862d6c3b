use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

use super::{
    HeaderRule,
    entry::{Entry, Paths, Unanswerable},
};
use crate::{
    matching::{Captures, HeaderTemplate, Subject},
    proxy::is_list,
};

/// One `[[headers]]`, ready to be asked.
#[derive(Debug)]
pub(super) struct HeaderEntry {
    pub(super) entry: Entry,
    /// Where it stands in the file.
    pub(super) place: &'static str,
    templates: &'static [HeaderTemplate],
    /// What the templates give, when that is the same for every request.
    fixed: Option<Vec<(HeaderName, HeaderValue)>>,
    overrides: bool,
}

impl HeaderEntry {
    pub(super) fn new(rule: &'static HeaderRule) -> Result<Self, String> {
        let entry = Entry::new(&rule.rule, rule.below_base_path).map_err(|it| it.to_string())?;
        let templates = rule.headers;
        let fixed = match templates.iter().all(HeaderTemplate::is_fixed) {
            true => Some(filled(templates, &Captures::new()).map_err(|it| it.to_string())?),
            false => None,
        };
        Ok(Self { entry, place: rule.place, templates, fixed, overrides: rule.overrides })
    }

    /// Puts the headers by, when the rule applies.
    pub(super) fn collect(
        &self,
        subject: &Subject<'_>,
        paths: Paths<'_>,
        collected: &mut ResponseHeaders,
    ) -> Result<(), Unanswerable> {
        let Some(captures) = self.entry.captures(subject, paths)? else { return Ok(()) };
        match &self.fixed {
            Some(fixed) => {
                let headers = fixed.iter().cloned();
                headers.for_each(|(name, value)| collected.add(name, value, self.overrides));
            }
            None => {
                for (name, value) in filled(self.templates, &captures)? {
                    collected.add(name, value, self.overrides);
                }
            }
        }
        Ok(())
    }
}

fn filled(
    templates: &'static [HeaderTemplate],
    captures: &Captures<'_>,
) -> Result<Vec<(HeaderName, HeaderValue)>, Unanswerable> {
    let headers = templates.iter().map(|template| Ok(template.fill(captures)?));
    headers.collect()
}

/// Headers for a response that is not there yet. They are those of the path as requested, whatever is made of it
/// later (PL-02).
#[derive(Debug, Default)]
pub(super) struct ResponseHeaders(Vec<Collected>);

#[derive(Debug)]
struct Collected {
    name: HeaderName,
    value: HeaderValue,
    overrides: bool,
}

impl ResponseHeaders {
    /// Of two of one name the later stays, but for cookies (HD-02).
    fn add(&mut self, name: HeaderName, value: HeaderValue, overrides: bool) {
        let new = Collected { name, value, overrides };
        let same = self.0.iter_mut().find(|old| old.name == new.name);
        match same.filter(|_| new.name != header::SET_COOKIE) {
            Some(old) => *old = new,
            None => self.0.push(new),
        }
    }

    /// One more line of `Vary`, beside those of the rules (HM-11).
    pub(super) fn vary(&mut self, names: &HeaderValue) {
        let is_said = |old: &Collected| old.name == header::VARY && old.value == names;
        if !self.0.iter().any(is_said) {
            self.0.push(Collected { name: header::VARY, value: names.clone(), overrides: false });
        }
    }

    /// As `name: value`.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let shown = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        self.0.iter().map(move |header| format!("{}: {}", header.name, shown(&header.value)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The handler wins, unless the rule overrides it; lists get one more line, cookies first of all (PL-12, PL-13,
    /// HD-07).
    pub(super) fn put_on(self, response: &mut Response) {
        let defaults = response.extensions_mut().remove::<DefaultHeaders>();
        let is_default = |name: &HeaderName| {
            defaults.is_some_and(|DefaultHeaders(names)| names.contains(&name.as_str()))
        };
        let headers = response.headers_mut();
        for Collected { name, value, overrides } in self.0 {
            if name == header::VARY && headers.get_all(&name).iter().any(|line| line == value) {
                // It says so already.
            } else if name == header::SET_COOKIE || is_list(&name) && !overrides {
                headers.append(name, value);
            } else if overrides || !headers.contains_key(&name) || is_default(&name) {
                headers.insert(name, value);
            }
        }
    }
}

/// On a response: names of headers that nobody asked for, in lower case, which one of `bff.toml` replaces (HD-05).
#[derive(Clone, Copy, Debug)]
pub(crate) struct DefaultHeaders(pub(crate) &'static [&'static str]);

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// What `headers` make of a response with `x-h: handler`, a cookie and a `Vary`, as `name: value` lines.
    fn put(headers: &[(&'static str, &'static str, bool)]) -> Vec<String> {
        let mut collected = ResponseHeaders::default();
        for &(name, value, overrides) in headers {
            collected.add(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
                overrides,
            );
        }
        let mut response = Response::new(Body::empty());
        for (name, value) in
            [("x-h", "handler"), ("set-cookie", "h=1"), ("vary", "accept"), ("x-d", "default")]
        {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response.extensions_mut().insert(DefaultHeaders(&["x-d"]));
        collected.put_on(&mut response);
        let lines = response.headers().iter();
        let mut lines: Vec<String> =
            lines.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.retain(|line| {
            !["x-h: handler", "set-cookie: h=1", "vary: accept", "x-d: default"].contains(&&**line)
        });
        lines
    }

    #[test]
    fn pl_12_pl_13_hd_02_hd_05_hd_07_who_wins() {
        for (headers, changed) in [
            (&[("x-h", "config", false)][..], &[][..]),
            (&[("x-h", "config", true)], &["x-h: config"]),
            (&[("x-n", "one", false), ("x-n", "two", false)], &["x-n: two"]),
            (&[("x-h", "one", true), ("x-h", "two", false)], &[]),
            (
                &[("set-cookie", "a=1", false), ("set-cookie", "b=1", true)],
                &["set-cookie: a=1", "set-cookie: b=1"],
            ),
            (&[("vary", "origin", false)], &["vary: origin"]),
            (&[("x-d", "config", false)], &["x-d: config"]),
        ] {
            assert_eq!(put(headers), changed, "{headers:?}");
        }
    }
}
