use std::sync::atomic::{AtomicBool, Ordering};

/// What of the folder cannot be served. The router is built before the log is, so it is told when somebody listens,
/// and once.
#[derive(Debug, Default)]
pub(super) struct Report {
    problems: Vec<String>,
    is_told: AtomicBool,
}

impl Report {
    pub(super) fn new(problems: Vec<String>) -> Self {
        Self { problems, is_told: AtomicBool::new(false) }
    }

    /// Without a problem this costs one comparison.
    #[inline]
    pub(super) fn tell(&self) {
        if !self.problems.is_empty() {
            self.tell_once();
        }
    }

    #[cold]
    fn tell_once(&self) {
        if tracing::dispatcher::has_been_set() && !self.is_told.swap(true, Ordering::Relaxed) {
            for problem in &self.problems {
                tracing::warn!("{problem}");
            }
        }
    }

    #[cfg(test)]
    pub(super) fn problems(&self) -> &[String] {
        &self.problems
    }
}
