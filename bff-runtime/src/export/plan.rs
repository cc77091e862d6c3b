//! What an app has, as the files that it becomes.

use std::sync::Arc;

use super::{
    Inventory, Mistake,
    collisions::collisions,
    findings::Findings,
    name::{file_name, url_path},
    page::{Page, PageKind},
    routes::pages_of_route,
    sidecars::redirect_lines,
};
use crate::pipeline::Rules;

/// The files to be made.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) pages: Vec<Page>,
    /// The lines of `_redirects`.
    pub(super) redirects: Vec<String>,
}

/// Finds them, with everything that keeps them from being made.
pub(super) async fn plan(inventory: &Arc<Inventory>, findings: &mut Findings) -> Plan {
    let base_path = inventory.rules.map_or("", |rules| rules.base_path);
    let base: Vec<&str> = base_path.split('/').filter(|name| !name.is_empty()).collect();
    if let Some(file) = inventory.proxy {
        findings.unsupported(Mistake::new(
            file,
            "a proxy decides on requests, and files have none in front of them",
            "serve the app with `bff::serve`, or export it without what the proxy does",
        ));
    }
    let mut pages = Vec::new();
    for route in &inventory.routes {
        pages.extend(pages_of_route(route, &base, findings).await);
    }
    let public = inventory.public.iter().filter_map(|name| public_page(name, &base, findings));
    pages.extend(public.collect::<Vec<_>>());
    let redirects = inventory.rules.map_or_else(Vec::new, |rules| rules_lines(rules, findings));
    collisions(&mut pages, !redirects.is_empty(), findings);
    pages.sort_by(|a, b| a.file.cmp(&b.file));
    Plan { pages, redirects }
}

fn public_page(name: &str, base: &[&str], findings: &mut Findings) -> Option<Page> {
    let source = format!("public/{name}");
    let segments = || base.iter().copied().chain(name.split('/'));
    match file_name(segments()) {
        Ok(file) => Some(Page { path: url_path(segments()), file, source, kind: PageKind::Public }),
        Err(reason) => {
            findings.refuse(Mistake::new(source, reason, "rename the file"));
            None
        }
    }
}

/// What `bff.toml` says in front of files (EX-10). The headers of an answer are in it already.
fn rules_lines(rules: &'static Rules, findings: &mut Findings) -> Vec<String> {
    for rule in rules.headers {
        if rule.rule.has_conditions() {
            findings.unsupported(Mistake::new(
                rule.place,
                format!("the headers for `{}` depend on the request", rule.rule.source.text),
                "remove `has` and `missing`, or serve the app with `bff::serve`",
            ));
        }
    }
    for rule in [rules.before, rules.after, rules.fallback].into_iter().flatten() {
        findings.unsupported(Mistake::new(
            rule.place,
            format!("a host of files does not rewrite `{}`", rule.rule.source.text),
            "let the route that it leads to have this URL, or serve the app with `bff::serve`",
        ));
    }
    redirect_lines(rules, findings)
}
