use std::{
    fmt,
    future::IntoFuture,
    path::{Path, PathBuf},
    pin::Pin,
};

use axum::Router;

use super::{
    ExportError, Exported, ExportedFile, Mistake,
    asking::ask,
    fetch::fetch,
    findings::Findings,
    page::Page,
    plan::plan,
    sidecars::{HEADERS, MANIFEST, REDIRECTS, headers_of, headers_text, manifest_text},
    staging::Staging,
    target::target,
};

/// Writes the answers of an app as files into this folder; see [`export`](mod@super).
///
/// The router is that of the app, `app::router()`, perhaps with layers around it.
///
/// ```no_run
/// # mod app { pub fn router() -> bff::axum::Router { bff::axum::Router::new() } }
/// # async fn example() -> bff::Result {
/// match bff::export::export(app::router(), "out").await {
///     Ok(exported) => println!("{} files", exported.files().len()),
///     Err(error) => error.mistakes().iter().for_each(|mistake| println!("{mistake}")),
/// }
/// # Ok(())
/// # }
/// ```
pub fn export(router: Router, folder: impl Into<PathBuf>) -> Export {
    let (folder, watch) = (folder.into(), Box::new(|_: Progress<'_>| {}));
    Export { router, folder, allow_unsupported: false, watch }
}

/// An export that is about to start; made by [`export`](export()). It starts when it is awaited.
///
/// # Errors
/// Everything that keeps the app from being exported. The folder is as it was then.
#[must_use = "an export does nothing until it is awaited"]
pub struct Export {
    router: Router,
    folder: PathBuf,
    allow_unsupported: bool,
    watch: Watch,
}

/// Is told how far an export is.
pub(super) type Watch = Box<dyn FnMut(Progress<'_>) + Send>;

/// How far an export is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Progress<'a> {
    /// So many files will be written.
    Planned(usize),
    /// This one was.
    Written(&'a ExportedFile),
}

impl Export {
    /// Whether what only a server can do is left out rather than refused: it is in
    /// [`warnings`](Exported::warnings) then.
    ///
    /// ```no_run
    /// # async fn example(app: bff::axum::Router) -> bff::Result {
    /// let exported = bff::export::export(app, "out").allow_unsupported(true).await?;
    /// exported.warnings().iter().for_each(|warning| println!("{warning}"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn allow_unsupported(mut self, allow: bool) -> Self {
        self.allow_unsupported = allow;
        self
    }

    pub(super) fn watched_by(mut self, watch: Watch) -> Self {
        self.watch = watch;
        self
    }

    async fn run(self) -> Result<Exported, ExportError> {
        let Self { router, folder, allow_unsupported, mut watch } = self;
        let mut findings = Findings::new(allow_unsupported);
        let target = checked(&folder).map_err(|mistake| ExportError::new(vec![mistake]))?;
        let inventory = ask(&router).await.map_err(|reason| {
            let help = "call `bff::serve(app::router())`";
            ExportError::new(vec![Mistake::new("the router", reason, help)])
        })?;
        let plan = plan(&inventory, &mut findings).await;
        // What answers wrongly is told together with what cannot be asked.
        let staging = staging(&target).map_err(|mistake| ExportError::new(vec![mistake]))?;
        watch(Progress::Planned(plan.pages.len()));
        let mut files = Vec::new();
        for page in &plan.pages {
            match file(&router, page, &staging).await {
                Ok(file) => {
                    watch(Progress::Written(&file));
                    notice_status(&file, &mut findings);
                    files.push(file);
                }
                Err(mistake) => findings.refuse(mistake),
            }
        }
        if !findings.mistakes.is_empty() {
            return Err(ExportError::new(findings.mistakes));
        }
        sidecars(&staging, &files, &plan.redirects)
            .and_then(|()| replace(staging, &folder, &target))
            .map_err(|reason| {
                let help = "see that the folder can be written, and try again";
                ExportError::new(vec![Mistake::new(shown(&folder), reason, help)])
            })?;
        Ok(Exported { folder: target, files, warnings: findings.warnings })
    }
}

/// The folder, when it may be replaced.
fn checked(folder: &Path) -> Result<PathBuf, Mistake> {
    target(folder, Path::new(".")).map_err(|reason| {
        let help = "name another folder, such as `out`; what is in this one is yours to remove";
        Mistake::new(shown(folder), reason, help)
    })
}

fn staging(target: &Path) -> Result<Staging, Mistake> {
    Staging::beside(target).map_err(|error| {
        let message = format!("no folder can be made beside it: {error}");
        Mistake::new(shown(target), message, "export to a place that can be written")
    })
}

async fn file(router: &Router, page: &Page, staging: &Staging) -> Result<ExportedFile, Mistake> {
    let response = fetch(router, page).await?;
    let refused = |reason: String| {
        let message = format!("`{}`: {reason}", page.path);
        Mistake::new(&page.source, message, "see the log for more")
    };
    let (parts, body) = response.into_parts();
    let headers = headers_of(&parts.headers).map_err(refused)?;
    let written = staging.write(&page.file, body).await.map_err(refused)?;
    Ok(ExportedFile {
        path: page.path.clone(),
        file: page.file.clone(),
        source: page.source.clone(),
        status: parts.status.as_u16(),
        headers,
        bytes: written.bytes,
        sha256: written.sha256,
    })
}

/// A host answers 200 for every file it has (EX-02).
fn notice_status(file: &ExportedFile, findings: &mut Findings) {
    if file.status() != 200 {
        findings.warn(Mistake::new(
            file.source(),
            format!("`{}` answers {}, and a host of files answers 200", file.path(), file.status()),
            "the manifest has the status; answer 200 to have it everywhere",
        ));
    }
}

fn sidecars(staging: &Staging, files: &[ExportedFile], redirects: &[String]) -> Result<(), String> {
    staging.write_text(HEADERS, &headers_text(files))?;
    if !redirects.is_empty() {
        staging.write_text(REDIRECTS, &(redirects.join("\n") + "\n"))?;
    }
    staging.write_text(MANIFEST, &manifest_text(files)?)
}

/// The folder is looked at once more: the app has run meanwhile.
fn replace(staging: Staging, folder: &Path, target: &Path) -> Result<(), String> {
    checked(folder).map_err(|mistake| mistake.message().to_owned())?;
    staging.publish(target).map_err(|error| format!("it cannot be replaced: {error}"))
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}

impl IntoFuture for Export {
    type Output = Result<Exported, ExportError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export")
            .field("folder", &self.folder)
            .field("allow_unsupported", &self.allow_unsupported)
            .finish_non_exhaustive()
    }
}
