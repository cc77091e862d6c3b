use http::uri::PathAndQuery;

use super::{
    RewriteRule,
    elsewhere::{Elsewhere, Upstreams},
    entry::{Entry, Paths, Unanswerable},
};
use crate::{
    env,
    matching::{Captures, ResolvedDestination, Subject, Target},
};

/// One rewrite, ready to be asked.
#[derive(Debug)]
pub(super) struct RewriteEntry {
    pub(super) entry: Entry,
    /// As it stands in the file.
    pub(super) rule: &'static RewriteRule,
    destination: ResolvedDestination,
    /// Where it leads when nothing is put in.
    fixed: Option<PathAndQuery>,
    /// The other server that answers, when the app does not itself.
    pub(super) elsewhere: Option<Elsewhere>,
}

impl RewriteEntry {
    pub(super) fn new(
        rule: &'static RewriteRule,
        upstreams: &mut Upstreams,
    ) -> Result<Self, String> {
        let entry = Entry::new(&rule.rule, rule.below_base_path).map_err(|it| it.to_string())?;
        let destination = rule.destination.resolve(env::var_opt).map_err(|it| it.to_string())?;
        let elsewhere = match destination.origin() {
            Some(origin) => Some(upstreams.at(&origin, rule.upstream).map_err(|why| {
                format!("the destination `{}` cannot be used: {why}", rule.destination.text)
            })?),
            // RW-07; a destination in the file itself was refused by the build.
            None if !rule.below_base_path => {
                return Err(format!(
                    "the destination `{}` is a path of the app, which `base_path = false` has none of",
                    rule.destination.text
                ));
            }
            None => None,
        };
        let fixed = match destination.is_fixed() {
            true => {
                Some(target(&destination, &Captures::new(), None).map_err(|it| it.to_string())?)
            }
            false => None,
        };
        Ok(Self { entry, rule, destination, fixed, elsewhere })
    }

    /// Where the other server is, when one answers.
    pub(super) fn origin(&self) -> Option<String> {
        self.destination.origin()
    }

    /// Path and query of the destination, when the rule applies (DC-05, DC-06).
    pub(super) fn target(
        &self,
        subject: &Subject<'_>,
        paths: Paths<'_>,
    ) -> Result<Option<PathAndQuery>, Unanswerable> {
        let Some(captures) = self.entry.captures(subject, paths)? else { return Ok(None) };
        if let (Some(fixed), true, None) = (&self.fixed, captures.is_empty(), subject.query) {
            return Ok(Some(fixed.clone()));
        }
        target(&self.destination, &captures, subject.query).map(Some)
    }
}

fn target(
    destination: &ResolvedDestination,
    captures: &Captures<'_>,
    received: Option<&str>,
) -> Result<PathAndQuery, Unanswerable> {
    let Target { path, query, .. } = destination.fill(captures, received)?;
    let mut text = path;
    if let Some(query) = query {
        text.push('?');
        text.push_str(&query);
    }
    PathAndQuery::try_from(text).map_err(|_| Unanswerable::NoUrl)
}
