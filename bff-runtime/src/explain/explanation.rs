use std::fmt;

use axum::{extract::Request, response::Response};
use http::{Method, StatusCode, Uri, header};

use super::{Stage, Step};

/// What becomes of a request; see [`explain`](super).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    method: Method,
    url: Uri,
    steps: Vec<Step>,
    redirected: Option<(StatusCode, String)>,
    rewritten: Option<String>,
    file: Option<&'static str>,
    route: Option<&'static str>,
}

impl Explanation {
    pub(crate) fn of(method: Method, url: Uri) -> Self {
        Self {
            method,
            url,
            steps: Vec::new(),
            redirected: None,
            rewritten: None,
            file: None,
            route: None,
        }
    }

    /// The steps, in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Those of one stage.
    pub fn at(&self, stage: Stage) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.stage() == stage)
    }

    /// Where the client is sent, and with which status; `None` when no rule answers with a redirect.
    pub fn redirected_to(&self) -> Option<(StatusCode, &str)> {
        self.redirected.as_ref().map(|(status, location)| (*status, &**location))
    }

    /// The path and query that is served in the place of what was asked for, or the URL of another server.
    pub fn rewritten_to(&self) -> Option<&str> {
        self.rewritten.as_deref()
    }

    /// The pattern of the route that answers: `/posts/{id}`.
    pub fn route(&self) -> Option<&'static str> {
        self.route
    }

    /// The route file that answers, relative to the package: `app/posts/[id]/route.rs`.
    pub fn route_file(&self) -> Option<&'static str> {
        self.file
    }

    /// The same about the request as it was sent, below whatever the app is nested in.
    pub(super) fn about(self, sent: &Self) -> Self {
        Self { method: sent.method.clone(), url: sent.url.clone(), ..self }
    }

    /// Of the app alone, about the request as it comes to it.
    pub(crate) fn of_request(request: &Request) -> Self {
        Self::of(request.method().clone(), request.uri().clone())
    }

    pub(crate) fn add(&mut self, stage: Stage, text: impl Into<String>, place: Option<String>) {
        self.steps.push(Step::new(stage, text, place));
    }

    /// An answer that needs no handler: a redirect, or a refusal.
    pub(crate) fn answered(&mut self, stage: Stage, response: &Response, place: Option<String>) {
        let status = response.status();
        let location = response.headers().get(header::LOCATION).and_then(|it| it.to_str().ok());
        match location {
            Some(location) => {
                self.add(stage, format!("{} to {location}", status.as_u16()), place);
                self.redirected = Some((status, location.to_owned()));
            }
            None => self.add(stage, format!("answered {status}"), place),
        }
    }

    pub(crate) fn rewritten(&mut self, target: String) {
        self.rewritten = Some(target);
    }

    pub(crate) fn served_by(&mut self, pattern: &'static str, file: &'static str) {
        (self.route, self.file) = (Some(pattern), Some(file));
    }
}

/// A line for the request and one for each step, in columns.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.url)?;
        let place = |step: &Step| step.place().unwrap_or("the default").to_owned();
        let width = |text: String| text.chars().count();
        let stages = self.steps.iter().map(|step| width(step.stage().to_string())).max();
        let places = self.steps.iter().map(|step| width(place(step))).max();
        let (stages, places) = (stages.unwrap_or(0), places.unwrap_or(0));
        for step in &self.steps {
            write!(f, "\n  {:stages$}  {:places$}  {}", step.stage(), place(step), step.text())?;
        }
        Ok(())
    }
}
