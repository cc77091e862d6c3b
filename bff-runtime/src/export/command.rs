//! What `bff export` asks of the program that it starts, and is told.

use std::{
    io,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::Router;
use serde::Serialize;

use super::{ExportError, Exported, Mistake, export, run::Progress};
use crate::{Result, env, instrumentation};

/// The folder to export to.
const FOLDER: &str = "BFF_EXPORT";
/// `1` leaves out what only a server can do.
const ALLOW_UNSUPPORTED: &str = "BFF_EXPORT_ALLOW_UNSUPPORTED";
/// `1` writes a line of JSON for each step, which is how the command hears of them.
const EVENTS: &str = "BFF_EXPORT_EVENTS";

/// What a line begins with that is for the command: the program may print others.
const MARK: &str = "@bff-export ";

/// What a command wants to be exported.
#[derive(Debug)]
pub(crate) struct Wanted {
    folder: PathBuf,
    allow_unsupported: bool,
    events: bool,
}

/// What a command wants; `None` for a program that is to serve. No `.env` file can say so: it would keep the app from
/// ever being served.
pub(crate) fn by_command() -> Option<Wanted> {
    let folder = env::of_process(FOLDER).filter(|folder| !folder.is_empty())?;
    let is_on = |name: &str| env::of_process(name).is_some_and(|value| value == "1");
    Some(Wanted {
        folder: folder.into(),
        allow_unsupported: is_on(ALLOW_UNSUPPORTED),
        events: is_on(EVENTS),
    })
}

impl Wanted {
    /// Exports instead of serving. A command that listens hears what is wrong, and cargo would only say once more that
    /// something is.
    ///
    /// # Errors
    /// When the app cannot be exported and nobody listens, or when `register` fails.
    pub(crate) async fn carry_out(self, app: Router) -> Result<()> {
        let events = self.events;
        let exported = match is_the_only_app().await {
            true => {
                instrumentation::register().await?;
                self.export(app).await
            }
            false => Err(second_app()),
        };
        match exported {
            Ok(exported) if events => {
                exported.warnings().iter().for_each(|warning| say(&Event::Warning(warning)));
                say(&Event::of(&exported));
            }
            Ok(exported) => tell(&mut io::stderr().lock(), &summary(&exported)),
            Err(error) if events => {
                error.mistakes().iter().for_each(|mistake| say(&Event::Mistake(mistake)));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn export(self, app: Router) -> Result<Exported, ExportError> {
        let export = export(app, self.folder).allow_unsupported(self.allow_unsupported);
        if self.events { export.watched_by(Box::new(progress)).await } else { export.await }
    }
}

/// How many apps this program has wanted to serve.
static APPS: AtomicUsize = AtomicUsize::new(0);

/// Whether no other app has come here. One that is joined with this one comes before either goes on, so that neither is
/// written.
async fn is_the_only_app() -> bool {
    APPS.fetch_add(1, Ordering::Relaxed);
    tokio::task::yield_now().await;
    APPS.load(Ordering::Relaxed) == 1
}

fn second_app() -> ExportError {
    let message = "it serves a second app, which would take the place of the first";
    let help = "export each from a program of its own, or with `bff::export::export`";
    ExportError::new(vec![Mistake::new("this program", message, help)])
}

fn progress(progress: Progress<'_>) {
    say(&match progress {
        Progress::Planned(files) => Event::Planned { files },
        Progress::Written(file) => Event::Written { file: file.file(), bytes: file.bytes() },
    });
}

/// A step, as the command reads it.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event<'a> {
    Planned { files: usize },
    Written { file: &'a str, bytes: u64 },
    Warning(&'a Mistake),
    Mistake(&'a Mistake),
    Done { folder: String, routes: usize, public: usize, files: usize, bytes: u64 },
}

impl Event<'_> {
    fn of(exported: &Exported) -> Self {
        let files = exported.files();
        let is_public = |source: &&str| source.starts_with("public/");
        let mut routes: Vec<&str> = files.iter().map(|file| file.source()).collect();
        let public = routes.iter().filter(|source| is_public(source)).count();
        routes.retain(|source| !is_public(source));
        routes.sort_unstable();
        routes.dedup();
        Self::Done {
            folder: exported.folder().display().to_string(),
            routes: routes.len(),
            public,
            files: files.len(),
            bytes: files.iter().map(super::ExportedFile::bytes).sum(),
        }
    }
}

fn say(event: &Event<'_>) {
    if let Ok(json) = serde_json::to_string(event) {
        tell(&mut io::stdout().lock(), &format!("{MARK}{json}\n"));
    }
}

/// A command that is gone is no reason to stop halfway.
fn tell(to: &mut impl io::Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}

fn summary(exported: &Exported) -> String {
    let mut text = String::new();
    for warning in exported.warnings() {
        text += &format!("  warning: {warning}\n");
    }
    let (files, folder) = (exported.files().len(), exported.folder().display());
    text + &format!("  bff {}  {files} files in {folder}\n", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::tests::app;

    #[tokio::test]
    async fn ex_01_of_two_apps_that_are_served_together_neither_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let serve = || {
            let folder = dir.path().join("out");
            Wanted { folder, allow_unsupported: false, events: false }.carry_out(app(""))
        };
        let (first, second) = tokio::join!(serve(), serve());
        for served in [first, second] {
            let error = served.expect_err("there are two").to_string();
            assert!(error.contains("it serves a second app"), "{error}");
        }
        assert!(!dir.path().join("out").exists());
    }
}
