use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};

use super::{
    base_path,
    entry::Unanswerable,
    headers::ResponseHeaders,
    index::Table,
    rewrites::RewriteEntry,
    routes::{Answerer, Routes, Served, Way},
    tables::Tables,
};
use crate::{
    explain::{Explanation, Stage},
    matching::Subject,
    proxy::Bound,
    routing::uncanonical,
};

impl<S: Send + Sync> Routes<S> {
    /// Says what becomes of a request, by the steps that it would take.
    #[cold]
    pub(super) fn explain(&self, proxy: Option<&Bound<S>>, request: &Request) -> Explanation {
        let mut to = Explanation::of_request(request);
        if let Some(response) = uncanonical(request) {
            to.answered(Stage::CleanUp, &response, None);
            return to;
        }
        let mut request = copy(request);
        match &self.tables {
            None => {
                proxy.into_iter().for_each(|proxy| proxy.explain(&request, &mut to));
                match self.file(&request) {
                    Some(file) => file.explain(&request, &mut to),
                    None => self.dispatch.explain(&request, &mut to),
                }
            }
            Some(tables) => {
                // What is answered early needs no more words.
                if let Err(refused) = self.by_rules(tables, proxy, &mut request, &mut to) {
                    let (stage, response) = *refused;
                    to.answered(stage, &response, None);
                }
            }
        }
        to
    }

    fn by_rules(
        &self,
        tables: &Tables,
        proxy: Option<&Bound<S>>,
        request: &mut Request,
        to: &mut Explanation,
    ) -> Result<(), Box<(Stage, Response)>> {
        let paths = tables.received(request);
        let outside = paths.inside.is_none();
        let concerned = tables.look_up(paths);
        let subject = Subject::of(request);
        for rule in concerned.by(Table::Headers) {
            let rule = &tables.headers[rule];
            let mut collected = ResponseHeaders::default();
            rule.collect(&subject, paths, &mut collected)
                .map_err(|refused| refusal(Stage::Headers, refused))?;
            if !collected.is_empty() {
                let lines: Vec<String> = collected.lines().collect();
                let text = format!("`{}`: {}", rule.entry.source().text, lines.join(", "));
                to.add(Stage::Headers, text, Some(rule.place.to_owned()));
            }
        }
        for (entry, place, names) in tables.varying(concerned, paths) {
            let names = String::from_utf8_lossy(names.as_bytes());
            let text = format!("`{}`: vary: {names}", entry.source().text);
            to.add(Stage::Headers, text, Some(place.to_owned()));
        }
        let redirected = tables
            .redirect(concerned, request, paths, |path| self.dispatch.has_metadata(path))
            .map_err(|refused| refusal(Stage::Redirect, refused))?;
        if let Some(redirected) = redirected {
            let place = redirected.place.unwrap_or("`trailing_slash`");
            to.answered(Stage::Redirect, &redirected.response, Some(place.to_owned()));
            return Ok(());
        }
        if outside {
            to.add(Stage::Route, "none: the path is not below the base path", None);
        } else if !tables.base_path.is_empty() {
            base_path::enter(request, tables.base_path);
        }
        if let Some(proxy) = proxy.filter(|_| !outside) {
            proxy.explain(request, to);
        }
        let mut way = Way { tables, concerned, outside };
        let answerer = self
            .steps(&mut way, request, |rule, request| rewritten(rule, request, to))
            .map_err(|refused| refusal(Stage::Rewrite, refused))?;
        match answerer {
            Some(Answerer::Here(Served::Route(found))) => {
                self.dispatch.explain_from(found, request, to);
            }
            Some(Answerer::Here(Served::File(file))) => file.explain(request, to),
            // The rewrite has said so.
            Some(Answerer::Elsewhere(_)) => {}
            None if outside => {}
            None => to.add(Stage::Route, "nothing serves this path: 404", None),
        }
        Ok(())
    }
}

/// A step that ends in a refusal.
fn refusal(stage: Stage, refused: Unanswerable) -> Box<(Stage, Response)> {
    Box::new((stage, refused.into_response()))
}

/// The rule, and the request that it has made.
fn rewritten(rule: &RewriteEntry, request: &Request, to: &mut Explanation) {
    let path = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let target = match rule.origin() {
        Some(origin) => format!("{origin}{path}"),
        None => path.to_owned(),
    };
    let text = format!("`{}` leads to {target}", rule.rule.rule.source.text);
    to.add(Stage::Rewrite, text, Some(rule.rule.place.to_owned()));
    to.rewritten(target);
}

/// A request that may be changed on the way, without its body.
fn copy(request: &Request) -> Request {
    let mut copy = Request::new(Body::empty());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    copy
}
