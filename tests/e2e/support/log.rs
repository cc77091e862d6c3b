use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tracing::{Level, subscriber::DefaultGuard};
use tracing_subscriber::fmt::{MakeWriter, format::FmtSpan};

use super::within;

/// What is logged on this thread, as text, while it lives. A test has its server on its own thread.
pub(crate) struct Log {
    text: Text,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Text(Arc<Mutex<String>>);

impl Log {
    /// Begins to listen to events of this level and more important ones, and to the ends of spans.
    pub(crate) fn of(level: Level) -> Self {
        let text = Text::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .without_time()
            .with_writer(text.clone())
            .finish();
        Self { text, _guard: tracing::subscriber::set_default(subscriber) }
    }

    pub(crate) fn text(&self) -> String {
        self.text.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The lines so far with this in them.
    pub(crate) fn lines(&self, part: &str) -> Vec<String> {
        self.text()
            .split_inclusive('\n')
            .filter(|line| line.contains(part))
            .map(str::to_owned)
            .collect()
    }

    /// The one line with this in it. The end of an answer is seen by the client before the server says so.
    pub(crate) async fn line(&self, part: &str) -> String {
        within("a line of the log", async {
            loop {
                match &*self.lines(part) {
                    [] => tokio::task::yield_now().await,
                    [line] => return line.clone(),
                    more => panic!("{part} is logged more than once: {more:?}"),
                }
            }
        })
        .await
    }
}

impl<'a> MakeWriter<'a> for Text {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl io::Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
