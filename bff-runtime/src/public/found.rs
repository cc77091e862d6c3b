use std::{
    borrow::Cow,
    path::Path,
    sync::{Arc, LazyLock},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};

use super::{
    coding::{Coding, Codings},
    table::{Memory, Table, encoded},
};
use crate::{
    Problem, Result,
    explain::{Explanation, Stage},
    instrumentation::ErrorKind,
    pipeline::DefaultHeaders,
    response::File,
    routing::{ResponseFuture, Route, Wishes, allow, moved},
};

/// A file of `public/` that a path names.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub(super) name: Cow<'a, str>,
    /// The path has a slash at its end.
    pub(super) has_slash: bool,
    pub(super) codings: Codings,
    pub(super) origin: Origin<'a>,
}

#[derive(Debug)]
pub(super) enum Origin<'a> {
    Memory(&'a Table, &'a Memory),
    Disk(&'a Arc<Path>),
}

/// For the log, which names the file of what went wrong.
static DESCRIBED: Route = Route::none(ErrorKind::File, "public/");

static ALLOW: LazyLock<HeaderValue> = LazyLock::new(|| allow(&[Method::GET]));

impl Found<'_> {
    /// Says what [`answer`](Self::answer) would do.
    #[cold]
    pub(crate) fn explain(&self, request: &Request, to: &mut Explanation) {
        let place = Some(format!("public/{}", self.name));
        if let Some(response) = self.without_file(request) {
            return to.answered(Stage::File, &response, place);
        }
        let text = match self.codings.choose(request.headers()) {
            Some(coding) => format!("a file, as {}", coding.name()),
            None => "a file".to_owned(),
        };
        to.add(Stage::File, text, place);
    }

    /// The answer: the file for GET and HEAD, as far as the client wants it.
    pub(crate) fn answer(self, request: &Request) -> ResponseFuture {
        if let Some(response) = self.without_file(request) {
            return ResponseFuture::ready(response, request);
        }
        let coding = self.codings.choose(request.headers());
        let varies = !self.codings.is_empty();
        match self.origin {
            Origin::Memory(table, memory) => {
                let file = in_memory(&self.name, table, memory, coding);
                ResponseFuture::ready(response(file, varies), request)
            }
            Origin::Disk(root) => {
                let (root, name) = (Arc::clone(root), self.name.into_owned());
                let future = async move {
                    match open(root, name, coding).await {
                        Ok(file) => Ok(response(file, varies)),
                        Err(error) => Err(error.into_response()),
                    }
                };
                let head = request.method() == Method::HEAD;
                let wishes = Wishes::of(request);
                ResponseFuture::handler(Box::pin(future), None, wishes, head, &DESCRIBED)
            }
        }
    }

    /// The answer to a request that does not get the file: one with another method, or with a slash too many.
    fn without_file(&self, request: &Request) -> Option<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Some(without_method(request.method()));
        }
        let without_slash = |path: &str| Some(path.strip_suffix('/')?.to_owned());
        self.is_misspelt().then(|| moved(request, without_slash)).flatten()
    }

    /// `/a.txt/`: a file is no folder, and what it links to would be looked for in one (PF-13). A name without an
    /// extension may be wanted with a slash by the app's own rule (BP-11).
    fn is_misspelt(&self) -> bool {
        self.has_slash && self.name.rsplit('/').next().is_some_and(|name| name.contains('.'))
    }
}

/// OPTIONS is answered, everything else refused (PF-08).
#[cold]
fn without_method(method: &Method) -> Response {
    let mut response = if *method == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED).into_response()
    };
    response.headers_mut().insert(header::ALLOW, ALLOW.clone());
    response
}

fn in_memory(name: &str, table: &Table, memory: &Memory, coding: Option<Coding>) -> File {
    let file = File::in_memory(name, memory.bytes, memory.etag());
    let compressed = coding.and_then(|coding| {
        let memory = table.find(&encoded(name, coding))?.memory.as_ref()?;
        let compressed = File::in_memory(name, memory.bytes, memory.etag());
        Some(compressed.encoding_of(&file, coding.name()))
    });
    compressed.unwrap_or(file)
}

/// A compressed form that is older than its file, or that cannot be had, is passed over.
async fn open(root: Arc<Path>, name: String, coding: Option<Coding>) -> Result<File> {
    File::blocking(move || {
        let file = File::inside(&root, Path::new(&name))?;
        let compressed = coding.and_then(|coding| {
            let compressed = File::inside(&root, Path::new(&encoded(&name, coding))).ok()?;
            let is_good = !compressed.is_older_than(&file);
            is_good.then(|| compressed.encoding_of(&file, coding.name()))
        });
        Ok(compressed.unwrap_or(file))
    })
    .await
}

/// Caches keep it and ask each time whether it is still good, which is one 304 (PF-03).
fn response(file: File, varies: bool) -> Response {
    let mut response = file.into_response();
    // One of `bff.toml` replaces it (HD-05).
    response.extensions_mut().insert(DefaultHeaders(&["cache-control"]));
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0"));
    if varies {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    response
}
