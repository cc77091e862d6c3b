use std::borrow::Cow;

use axum::{extract::Request, response::IntoResponse};
use http::uri::PathAndQuery;

use super::{
    concerned::{Concerned, InOrder},
    elsewhere::Elsewhere,
    entry::{Paths, Unanswerable},
    index::Table,
    rewrites::RewriteEntry,
    tables::Tables,
};
use crate::{
    export::is_exporting,
    matching::Subject,
    proxy::Continue,
    public::{Found as File, Public},
    request,
    routing::{Dispatch, Found, ResponseFuture, uncanonical},
};

/// What comes after the proxy: rewrites, and what they are looked up in.
pub(super) struct Routes<S: 'static> {
    pub(super) dispatch: Dispatch<S>,
    /// `None` without a `public` folder.
    pub(super) public: Option<Public>,
    /// `None` without a `bff.toml`.
    pub(super) tables: Option<Tables>,
}

/// What serves a path.
#[derive(Debug)]
pub(super) enum Served<'r> {
    File(File<'r>),
    Route(Found),
}

impl Served<'_> {
    /// True when it serves no other path, so that only `rewrites.before` comes before it (PL-08).
    fn is_exact(&self) -> bool {
        match self {
            Self::File(_) => true,
            Self::Route(found) => found.is_exact,
        }
    }
}

/// Who answers.
pub(super) enum Answerer<'r> {
    Here(Served<'r>),
    Elsewhere(&'r Elsewhere),
}

/// How far a request has got.
pub(super) struct Way<'t> {
    pub(super) tables: &'t Tables,
    /// The rules that may concern the path that it has by now.
    pub(super) concerned: Concerned<'t>,
    /// It is not below the base path, so nothing of the app serves it (BP-01).
    pub(super) outside: bool,
}

impl<S: Send + Sync> Routes<S> {
    /// The answer to a request whose path is canonical.
    pub(super) fn route<'r>(&'r self, mut way: Way<'r>, mut request: Request) -> ResponseFuture {
        match self.steps(&mut way, &mut request, |_, _| {}) {
            Ok(Some(Answerer::Here(Served::Route(found)))) => {
                self.dispatch.answer_from(found, request)
            }
            Ok(Some(Answerer::Here(Served::File(file)))) => file.answer(&request),
            Ok(Some(Answerer::Elsewhere(elsewhere))) => elsewhere.answer(request),
            Ok(None) => self.dispatch.not_found(&request),
            Err(unanswerable) => ResponseFuture::ready(unanswerable.into_response(), &request),
        }
    }

    /// Steps 6 to 10 of PL-01; `None` when nobody answers. `note` is told of each rewrite that applies, and of what the
    /// request has become.
    pub(super) fn steps<'r>(
        &'r self,
        way: &mut Way<'r>,
        request: &mut Request,
        mut note: impl FnMut(&RewriteEntry, &Request),
    ) -> Result<Option<Answerer<'r>>, Unanswerable> {
        // PL-05: every rule, and then a look at what serves the path.
        let mut rules = way.concerned.by(Table::Before);
        while let Some((rule, target)) = way.next(Table::Before, &mut rules, request)? {
            let elsewhere = way.rewrite(Table::Before, &mut rules, rule, target, request);
            note(&way.tables.rewrites(Table::Before)[rule], request);
            if let Some(elsewhere) = elsewhere {
                return Ok(Some(Answerer::Elsewhere(elsewhere)));
            }
        }
        let mut served = self.find(way, request);
        if served.as_ref().is_some_and(Served::is_exact) {
            return Ok(served.map(Answerer::Here));
        }
        // PL-06: a look after each rule.
        for table in [Table::After, Table::Fallback] {
            let mut rules = way.concerned.by(table);
            while let Some((rule, target)) = way.next(table, &mut rules, request)? {
                let elsewhere = way.rewrite(table, &mut rules, rule, target, request);
                note(&way.tables.rewrites(table)[rule], request);
                if let Some(elsewhere) = elsewhere {
                    return Ok(Some(Answerer::Elsewhere(elsewhere)));
                }
                served = self.find(way, request);
                if served.is_some() {
                    return Ok(served.map(Answerer::Here));
                }
            }
            if served.is_some() {
                return Ok(served.map(Answerer::Here));
            }
        }
        Ok(None)
    }

    /// What serves the path: a file, a route without params, a route with some.
    fn find(&self, way: &Way<'_>, request: &Request) -> Option<Served<'_>> {
        if way.outside {
            return None;
        }
        let route = || self.dispatch.find(request.uri().path()).map(Served::Route);
        self.file(request).map(Served::File).or_else(route)
    }

    pub(super) fn file(&self, request: &Request) -> Option<File<'_>> {
        self.public.as_ref()?.find(request.uri().path())
    }
}

impl<'t> Way<'t> {
    /// The next rule that applies, by number, and where it leads.
    fn next(
        &self,
        table: Table,
        rules: &mut InOrder<'t>,
        request: &Request,
    ) -> Result<Option<(usize, PathAndQuery)>, Unanswerable> {
        // Most requests get no further, and pay nothing for a subject. A file is what its own route answers (EX-09).
        if rules.is_empty() || is_exporting(request) {
            return Ok(None);
        }
        let subject = Subject::of(request);
        let whole = self.whole(subject.path);
        let paths = Paths { inside: (!self.outside).then_some(subject.path), whole: &whole };
        for rule in rules {
            if let Some(target) = self.tables.rewrites(table)[rule].target(&subject, paths)? {
                return Ok(Some((rule, target)));
            }
        }
        Ok(None)
    }

    /// Does what a rule says, and gives the other server when it leads to one. The rules after it are those that
    /// may concern the new path.
    fn rewrite(
        &mut self,
        table: Table,
        rules: &mut InOrder<'t>,
        rule: usize,
        target: PathAndQuery,
        request: &mut Request,
    ) -> Option<&'t Elsewhere> {
        let RewriteEntry { elsewhere, .. } = &self.tables.rewrites(table)[rule];
        if elsewhere.is_some() {
            *request.uri_mut() = request::at(request.uri(), target);
            return elsewhere.as_ref();
        }
        request::rewrite_path(request, target);
        let inside = request.uri().path();
        let whole = self.whole(inside);
        self.concerned = self.tables.look_up(Paths { inside: Some(inside), whole: &whole });
        *rules = self.concerned.by(table).beyond(rule);
        None
    }

    /// The whole path of one that the request has by now.
    fn whole<'p>(&self, path: &'p str) -> Cow<'p, str> {
        if self.outside { Cow::Borrowed(path) } else { self.tables.whole_path(path) }
    }
}

impl<S: Send + Sync> Continue for Routes<S> {
    fn go_on(&self, request: Request) -> ResponseFuture {
        let Some(tables) = &self.tables else {
            return match self.file(&request) {
                Some(file) => file.answer(&request),
                None => self.dispatch.answer(request),
            };
        };
        // A proxy may have written any path.
        if let Some(response) = uncanonical(&request) {
            return ResponseFuture::ready(response, &request);
        }
        let inside = request.uri().path();
        let whole = tables.whole_path(inside);
        let concerned = tables.look_up(Paths { inside: Some(inside), whole: &whole });
        self.route(Way { tables, concerned, outside: false }, request)
    }
}
