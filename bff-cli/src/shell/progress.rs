use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{GOOD, Shell};

/// How far a task is: a bar on a terminal, a line where it begins elsewhere.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Default for Progress {
    /// Nothing to be seen.
    fn default() -> Self {
        Self(ProgressBar::hidden())
    }
}

impl Shell {
    /// Begins a task of so many steps.
    pub(crate) fn progress(&self, verb: &str, steps: u64) -> Progress {
        if self.quiet || !stderr().is_terminal() {
            self.status(verb, format_args!("{steps} files"));
            return Progress::default();
        }
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        let template = "{prefix} [{bar:24}] {pos}/{len} {wide_msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        let prefix = match anstream::AutoStream::choice(&stderr()) {
            anstream::ColorChoice::Never => format!("{verb:>12}"),
            _ => format!("{GOOD}{verb:>12}{GOOD:#}"),
        };
        bar.set_prefix(prefix);
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress(bar)
    }
}

impl Progress {
    /// One more step is done, which this names.
    pub(crate) fn step(&self, name: &str) {
        self.0.set_message(name.to_owned());
        self.0.inc(1);
    }

    /// Prints something without breaking the bar.
    pub(crate) fn aside(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }

    /// The bar goes away; what was done is said in lines that stay.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
