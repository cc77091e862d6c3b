use std::{fmt, time::Duration};

use serde::Serialize;

use crate::{Error, Result};

/// One event, or one comment, of a stream that [`sse`](super::sse) sends.
///
/// ```
/// use bff::response::SseEvent;
///
/// let event = SseEvent::new("two\nlines").id("7").event("note");
/// assert_eq!(event.to_string(), "data: two\ndata: lines\nid: 7\nevent: note\n\n");
/// ```
///
/// Whatever the texts hold, they stay in their fields: a line break in the data begins a further line of data,
/// which the browser puts together again.
///
/// A browser dispatches an event that has data. Without any ([`SseEvent::default`]) an event still sets the last
/// event id and the time to reconnect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// Whole lines, each with its end.
    lines: String,
}

impl SseEvent {
    /// An event with this text as its data.
    pub fn new(data: impl AsRef<str>) -> Self {
        let mut event = Self::default();
        event.multiline("data: ", data.as_ref());
        event
    }

    /// An event with this value as its data, as JSON.
    ///
    /// # Errors
    /// When the value cannot be serialized.
    pub fn json(value: &impl Serialize) -> Result<Self> {
        Ok(Self::new(serde_json::to_string(value)?))
    }

    /// A comment, which browsers ignore.
    ///
    /// ```
    /// assert_eq!(bff::response::SseEvent::comment("still here").to_string(), ": still here\n\n");
    /// ```
    pub fn comment(text: impl AsRef<str>) -> Self {
        let mut event = Self::default();
        event.multiline(": ", text.as_ref());
        event
    }

    /// What the browser sends as `Last-Event-ID` when it connects again, for
    /// [`LastEventId`](super::LastEventId).
    ///
    /// An id with a line break or a NUL cannot be sent: it is left out, and logged.
    #[must_use]
    pub fn id(self, id: impl AsRef<str>) -> Self {
        self.field("id", id.as_ref())
    }

    /// The type of the event, for `addEventListener`; `message` unless it is set.
    ///
    /// A name with a line break cannot be sent: it is left out, and logged.
    #[must_use]
    pub fn event(self, name: impl AsRef<str>) -> Self {
        self.field("event", name.as_ref())
    }

    /// How long the browser waits before it connects again.
    #[must_use]
    pub fn retry(self, wait: Duration) -> Self {
        self.field("retry", &wait.as_millis().to_string())
    }

    /// Section 9.2.6: a line break ends a field, and an id with a NUL is ignored by the browser.
    fn field(mut self, name: &'static str, value: &str) -> Self {
        if value.contains(['\n', '\r', '\0']) {
            tracing::error!(
                field = name,
                "a field of a server-sent event holds a line break or a NUL and is left out"
            );
        } else {
            self.line(&[name, ": "], value);
        }
        self
    }

    /// Section 9.2.5: a line ends with CR LF, LF or CR.
    fn multiline(&mut self, name: &str, text: &str) {
        let mut rest = text;
        while let Some(end) = rest.find(['\r', '\n']) {
            self.line(&[name], &rest[..end]);
            let length = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
            rest = &rest[end + length..];
        }
        self.line(&[name], rest);
    }

    fn line(&mut self, name: &[&str], value: &str) {
        self.lines.extend(name.iter().copied().chain([value, "\n"]));
    }
}

/// The event as it is sent.
impl fmt::Display for SseEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines)?;
        f.write_str("\n")
    }
}

/// What a stream of [`sse`](super::sse) yields: an [`SseEvent`], or a `Result` of one.
pub trait IntoSseEvent {
    /// The event, or why there will be no more.
    ///
    /// # Errors
    /// What the stream failed with.
    fn into_sse_event(self) -> Result<SseEvent>;
}

impl IntoSseEvent for SseEvent {
    fn into_sse_event(self) -> Result<SseEvent> {
        Ok(self)
    }
}

impl<E: Into<Error>> IntoSseEvent for Result<SseEvent, E> {
    fn into_sse_event(self) -> Result<SseEvent> {
        self.map_err(Into::into)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rh_227_events_are_written_as_whatwg_has_them() {
        for (event, expected) in [
            (SseEvent::new("hello"), "data: hello\n\n"),
            (SseEvent::new(""), "data: \n\n"),
            (SseEvent::new(" a"), "data:  a\n\n"),
            (SseEvent::new("a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n"),
            (SseEvent::new("a\n"), "data: a\ndata: \n\n"),
            (SseEvent::new("a\n\nevent: evil"), "data: a\ndata: \ndata: event: evil\n\n"),
            (SseEvent::new("x").event("tick").id("7"), "data: x\nevent: tick\nid: 7\n\n"),
            (SseEvent::new("x").id("7\n\ndata: evil"), "data: x\n\n"),
            (SseEvent::new("x").id("7\0"), "data: x\n\n"),
            (SseEvent::new("x").event("a\rb"), "data: x\n\n"),
            (SseEvent::default().id(""), "id: \n\n"),
            (SseEvent::default().retry(Duration::from_secs(3)), "retry: 3000\n\n"),
            (SseEvent::comment("hi\ndata: evil"), ": hi\n: data: evil\n\n"),
            (SseEvent::json(&["a\nb"]).unwrap(), "data: [\"a\\nb\"]\n\n"),
        ] {
            assert_eq!(event.to_string(), expected);
        }
    }

    /// Section 9.2.6, "interpreting an event stream", as a browser does it: (event, data, id) of each dispatch.
    fn browser(stream: &str) -> Vec<(String, String, String)> {
        let (mut event, mut data, mut id) = (String::new(), String::new(), String::new());
        let mut dispatched = Vec::new();
        for line in stream.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
            if line.is_empty() {
                if !data.is_empty() {
                    data.pop();
                    dispatched.push((event.clone(), data.clone(), id.clone()));
                }
                event.clear();
                data.clear();
                continue;
            }
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match name {
                "event" => event = value.to_owned(),
                "data" => data = format!("{data}{value}\n"),
                "id" if !value.contains('\0') => id = value.to_owned(),
                _ => {}
            }
        }
        dispatched
    }

    proptest! {
        #[test]
        fn a_browser_reads_what_was_written_and_nothing_else(data in "(?s).*", name in "(?s).{0,9}", id in "[^\u{0}]{0,9}", note in "(?s).*") {
            let sent = format!("{}{}", SseEvent::comment(note), SseEvent::new(&data).event(&name).id(&id));
            let breaks = |text: &str| text.contains(['\r', '\n', '\0']);
            let expected = (
                if breaks(&name) { String::new() } else { name },
                data.replace("\r\n", "\n").replace('\r', "\n"),
                if breaks(&id) { String::new() } else { id },
            );
            prop_assert_eq!(browser(&sent), [expected]);
        }
    }
}
