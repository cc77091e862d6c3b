use std::borrow::Cow;

use axum::{extract::Request, response::Response};
use http::HeaderValue;

use super::{
    Rules, TrailingSlash,
    concerned::Concerned,
    elsewhere::Upstreams,
    entry::{Entry, Paths, Unanswerable},
    headers::{HeaderEntry, ResponseHeaders},
    index::{Hits, PrefixIndex, Table},
    redirects::{RedirectEntry, respelled},
    rewrites::RewriteEntry,
    trailing_slash::other_form,
};
use crate::{
    export::is_exporting,
    matching::{Subject, without_base},
};

/// `bff.toml`, ready to run.
#[derive(Debug)]
pub(super) struct Tables {
    /// As the build has compiled it.
    pub(super) rules: &'static Rules,
    pub(super) base_path: &'static str,
    trailing_slash: TrailingSlash,
    pub(super) headers: Vec<HeaderEntry>,
    redirects: Vec<RedirectEntry>,
    before: Vec<RewriteEntry>,
    after: Vec<RewriteEntry>,
    fallback: Vec<RewriteEntry>,
    /// The rules that look at headers: a response to their path depends on those (HM-11).
    varying: Vec<(Table, usize)>,
    /// Of the sources below the base path.
    below: PrefixIndex,
    /// Of the sources that are whole paths, where there are both kinds.
    whole: Option<PrefixIndex>,
}

impl Tables {
    /// # Errors
    /// Everything that keeps a rule from being run, each with its place in the file.
    pub(super) fn new(rules: &'static Rules) -> Result<Self, Vec<String>> {
        let mut reasons = Vec::new();
        let mut upstreams = Upstreams::default();
        let mut rewrites = |rules: &'static [_]| {
            ready(
                rules,
                |rule| RewriteEntry::new(rule, &mut upstreams),
                |it| it.place,
                &mut reasons,
            )
        };
        let before = rewrites(rules.before);
        let after = rewrites(rules.after);
        let fallback = rewrites(rules.fallback);
        let redirects = ready(rules.redirects, RedirectEntry::new, |it| it.place, &mut reasons);
        let headers = ready(rules.headers, HeaderEntry::new, |it| it.place, &mut reasons);
        if !reasons.is_empty() {
            return Err(reasons);
        }
        let sources = || {
            numbered(Table::Headers, headers.iter().map(|it| &it.entry))
                .chain(numbered(Table::Redirects, redirects.iter().map(|it| &it.entry)))
                .chain(numbered(Table::Before, before.iter().map(|it| &it.entry)))
                .chain(numbered(Table::After, after.iter().map(|it| &it.entry)))
                .chain(numbered(Table::Fallback, fallback.iter().map(|it| &it.entry)))
        };
        let varying: Vec<_> = sources().filter(|(entry, ..)| entry.varies().is_some()).collect();
        let base_path = rules.base_path;
        let is_below = |entry: &Entry| base_path.is_empty() || entry.is_below_base_path();
        let index = |below: bool| {
            let varying = numbered(Table::Varying, varying.iter().map(|&(entry, ..)| entry));
            let sources = sources().chain(varying).filter(|(entry, ..)| is_below(entry) == below);
            PrefixIndex::new(sources.map(|(entry, table, at)| (entry.source(), table, at)))
        };
        let below = index(true);
        let whole = sources().any(|(entry, ..)| !is_below(entry)).then(|| index(false));
        let trailing_slash = rules.trailing_slash;
        let varying = varying.iter().map(|&(_, table, at)| (table, at)).collect();
        Ok(Self {
            rules,
            base_path,
            trailing_slash,
            headers,
            redirects,
            before,
            after,
            fallback,
            varying,
            below,
            whole,
        })
    }

    /// The path of a request that has its base path still.
    pub(super) fn received<'r>(&self, request: &'r Request) -> Paths<'r> {
        let whole = request.uri().path();
        let inside = if self.base_path.is_empty() {
            Some(whole)
        } else {
            without_base(whole, self.base_path)
        };
        Paths { inside, whole }
    }

    /// The rules that may concern a path.
    pub(super) fn look_up(&self, paths: Paths<'_>) -> Concerned<'_> {
        Concerned {
            below: paths.inside.map_or(Hits::NONE, |path| self.below.find(path)),
            whole: self.whole.as_ref().map_or(Hits::NONE, |index| index.find(paths.whole)),
        }
    }

    /// A path below the base path as a whole one, where some rule may ask for it.
    pub(super) fn whole_path<'p>(&self, inside: &'p str) -> Cow<'p, str> {
        match self.whole {
            Some(_) => Cow::Owned(format!("{}{inside}", self.base_path)),
            None => Cow::Borrowed(inside),
        }
    }

    /// The headers for the response (PL-02, HD-02).
    pub(super) fn headers(
        &self,
        concerned: Concerned<'_>,
        request: &Request,
        paths: Paths<'_>,
    ) -> Result<Option<Box<ResponseHeaders>>, Unanswerable> {
        let rules = concerned.by(Table::Headers);
        if rules.is_empty() && concerned.by(Table::Varying).is_empty() {
            return Ok(None);
        }
        let subject = Subject::of(request);
        let mut collected = ResponseHeaders::default();
        // What an export leaves out is not in its files either (EX-10).
        let is_exporting = is_exporting(request);
        for rule in rules.map(|rule| &self.headers[rule]) {
            if !(is_exporting && rule.entry.has_conditions()) {
                rule.collect(&subject, paths, &mut collected)?;
            }
        }
        if !is_exporting {
            self.varying(concerned, paths).for_each(|(_, _, names)| collected.vary(names));
        }
        Ok((!collected.is_empty()).then(|| Box::new(collected)))
    }

    /// The rules about the path that look at headers, each with its place in the file and the names for `Vary`.
    pub(super) fn varying(
        &self,
        concerned: Concerned<'_>,
        paths: Paths<'_>,
    ) -> impl Iterator<Item = (&Entry, &'static str, &HeaderValue)> {
        let rules = concerned.by(Table::Varying).map(|rule| self.varying[rule]);
        rules.filter_map(move |(table, at)| {
            let (entry, place) = match table {
                Table::Headers => (&self.headers[at].entry, self.headers[at].place),
                Table::Redirects => (&self.redirects[at].entry, self.redirects[at].place),
                table => {
                    let rewrite = &self.rewrites(table)[at];
                    (&rewrite.entry, rewrite.rule.place)
                }
            };
            let names = entry.varies().filter(|_| entry.is_about(paths))?;
            Some((entry, place, names))
        })
    }

    /// The redirect of the request, when there is one: to the other form of its path (RD-08), or to where the first
    /// rule says that applies.
    pub(super) fn redirect(
        &self,
        concerned: Concerned<'_>,
        request: &Request,
        paths: Paths<'_>,
        has_metadata: impl FnOnce(&str) -> bool,
    ) -> Result<Option<Redirected>, Unanswerable> {
        if self.trailing_slash != TrailingSlash::Ignore
            && let Some(inside) = paths.inside
            && let Some(path) = other_form(self.trailing_slash, paths.whole, self.base_path)
            // A metadata file has no slash behind it, whatever its name looks like (MD-12).
            && !(path.ends_with('/') && has_metadata(inside))
        {
            return Ok(Some(Redirected { response: respelled(request, &path)?, place: None }));
        }
        let rules = concerned.by(Table::Redirects);
        if rules.is_empty() {
            return Ok(None);
        }
        let subject = Subject::of(request);
        let is_exporting = is_exporting(request);
        let rules = rules.map(|rule| &self.redirects[rule]);
        for rule in rules.filter(|rule| !(is_exporting && rule.entry.has_conditions())) {
            let slash = self.trailing_slash;
            let answer = rule.answer(request, &subject, paths, self.base_path, slash)?;
            if let Some(response) = answer {
                return Ok(Some(Redirected { response, place: Some(rule.place) }));
            }
        }
        Ok(None)
    }

    /// The rewrites of a table.
    pub(super) fn rewrites(&self, table: Table) -> &[RewriteEntry] {
        match table {
            Table::Before => &self.before,
            Table::After => &self.after,
            Table::Fallback => &self.fallback,
            Table::Headers | Table::Redirects | Table::Varying => &[],
        }
    }
}

/// A redirect, and the place of its rule in the file; `None` for `trailing_slash`.
pub(super) struct Redirected {
    pub(super) response: Response,
    pub(super) place: Option<&'static str>,
}

/// The rules that are ready; why others are not goes to `reasons`.
fn ready<R, T>(
    rules: &'static [R],
    mut make: impl FnMut(&'static R) -> Result<T, String>,
    place: impl Fn(&R) -> &'static str,
    reasons: &mut Vec<String>,
) -> Vec<T> {
    let made = rules.iter().map(|rule| make(rule).map_err(|why| format!("{}: {why}", place(rule))));
    made.filter_map(|made| made.map_err(|why| reasons.push(why)).ok()).collect()
}

fn numbered<'e>(
    table: Table,
    entries: impl Iterator<Item = &'e Entry>,
) -> impl Iterator<Item = (&'e Entry, Table, usize)> {
    entries.enumerate().map(move |(at, entry)| (entry, table, at))
}
