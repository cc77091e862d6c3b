use axum::{body::Body, extract::Request, response::Response};
use http::{HeaderValue, StatusCode, header};

use super::{
    RedirectRule, TrailingSlash,
    entry::{Entry, Paths, Unanswerable},
};
use crate::{
    env,
    matching::{ResolvedDestination, Subject, Target},
    request,
};

/// One `[[redirects]]`, ready to be asked.
#[derive(Debug)]
pub(super) struct RedirectEntry {
    pub(super) entry: Entry,
    /// Where it stands in the file.
    pub(super) place: &'static str,
    destination: ResolvedDestination,
    status: StatusCode,
}

impl RedirectEntry {
    pub(super) fn new(rule: &'static RedirectRule) -> Result<Self, String> {
        Ok(Self {
            place: rule.place,
            entry: Entry::new(&rule.rule, rule.below_base_path).map_err(|it| it.to_string())?,
            destination: rule.destination.resolve(env::var_opt).map_err(|it| it.to_string())?,
            status: StatusCode::from_u16(rule.status).map_err(|it| it.to_string())?,
        })
    }

    /// The answer, when the rule applies.
    pub(super) fn answer(
        &self,
        request: &Request,
        subject: &Subject<'_>,
        paths: Paths<'_>,
        base_path: &str,
        trailing_slash: TrailingSlash,
    ) -> Result<Option<Response>, Unanswerable> {
        let Some(captures) = self.entry.captures(subject, paths)? else { return Ok(None) };
        let target = self.destination.fill(&captures, subject.query)?;
        let base_path = if self.entry.is_below_base_path() { base_path } else { "" };
        let location = redirect_location(target, mount(request), base_path, trailing_slash);
        Ok(Some(redirect(self.status, location)?))
    }
}

/// The prefix below which the router of the app is nested.
fn mount(request: &Request) -> &str {
    request::base_path(request.uri(), request.extensions())
}

/// Where a redirect leads, as clients know it. A path of the app stays relative to their origin, so that no server in
/// front need be known (RD-04). Below a prefix the root has the one form that is not redirected once more. `base_path` is
/// empty for a rule of whole paths.
pub(crate) fn redirect_location(
    mut target: Target,
    mount: &str,
    base_path: &str,
    mode: TrailingSlash,
) -> String {
    if target.is_absolute() {
        return target.to_string();
    }
    let keeps_slash = !base_path.is_empty() && mode == TrailingSlash::Require;
    if target.path == "/" && !(mount.is_empty() && base_path.is_empty()) && !keeps_slash {
        target.path.clear();
    }
    format!("{mount}{base_path}{target}")
}

/// The redirect to another spelling of the path, `path` being all of it below the mount (BP-10).
pub(super) fn respelled(request: &Request, path: &str) -> Result<Response, Unanswerable> {
    let query = request.uri().query();
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    redirect(StatusCode::PERMANENT_REDIRECT, format!("{}{path}{query}", mount(request)))
}

/// A redirect with its location as the body (RD-03). 308 has a `Refresh` as well, for clients from before RFC 7538.
fn redirect(status: StatusCode, location: String) -> Result<Response, Unanswerable> {
    let value = HeaderValue::try_from(&*location).map_err(|_| Unanswerable::NoUrl)?;
    let refresh = (status == StatusCode::PERMANENT_REDIRECT)
        .then(|| HeaderValue::try_from(format!("0;url={location}")).ok())
        .flatten();
    let mut response = Response::new(Body::from(location));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, value);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.extend(refresh.map(|refresh| (header::REFRESH, refresh)));
    Ok(response)
}
