//! What is told to whoever watches an app for attacks: one target, and a name for each kind of event.
//!
//! Anybody can cause these, so they are bounded: each kind has some lines a minute, and the next line says how many were
//! left out. What the client has sent is in none of them but the origin of a page, which is no secret.

use std::{cell::Cell, sync::LazyLock, thread::LocalKey, time::Instant};

use super::request_id;
use crate::request_id::RequestId;

/// The target of these events.
pub(crate) const TARGET: &str = "bff::security";

/// So many lines of a kind a minute, for each thread: nothing is shared, and a flood makes no thread wait.
const MOST: u32 = 20;

/// How much of one kind has been told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    minute: u64,
    lines: u32,
    left_out: u64,
}

/// What goes with every line.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) request_id: Option<RequestId>,
    /// How many of the kind were left out before.
    pub(crate) left_out: Option<u64>,
}

/// A line, when there may be one more of this kind.
pub(crate) fn line(kind: &'static LocalKey<Cell<Told>>) -> Option<Line> {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    let minute = STARTED.elapsed().as_secs() / 60;
    let mut told = kind.get();
    let left_out = told.next(minute);
    kind.set(told);
    left_out.map(|left_out| Line {
        request_id: request_id(),
        left_out: (left_out > 0).then_some(left_out),
    })
}

impl Told {
    /// Where nothing was told yet.
    pub(crate) const NOTHING: Self = Self { minute: 0, lines: 0, left_out: 0 };

    /// How many were left out before this one; `None` when it is to be, too.
    fn next(&mut self, minute: u64) -> Option<u64> {
        if self.minute != minute {
            (self.minute, self.lines) = (minute, 0);
        }
        if self.lines == MOST {
            self.left_out += 1;
            return None;
        }
        self.lines += 1;
        Some(std::mem::take(&mut self.left_out))
    }
}

/// Tells of one event: its level, its name, fields perhaps, and a sentence. Each place has a bound of its own.
///
/// ```text
/// security_event!(WARN, "csrf_refused", origin = "https://a.example"; "a page of another site …");
/// ```
macro_rules! security_event {
    ($level:ident, $event:literal $(, $field:ident = $value:expr)* ; $($text:tt)+) => {{
        ::std::thread_local! {
            static TOLD: ::std::cell::Cell<$crate::observe::Told> =
                const { ::std::cell::Cell::new($crate::observe::Told::NOTHING) };
        }
        if let Some(line) = $crate::observe::security_line(&TOLD) {
            ::tracing::event!(
                target: $crate::observe::SECURITY,
                ::tracing::Level::$level,
                event = $event,
                $($field = $value,)*
                request_id = line.request_id.map(::tracing::field::display),
                left_out = line.left_out,
                $($text)+
            );
        }
    }};
}

pub(crate) use security_event;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_61_a_flood_is_some_lines_a_minute_and_the_next_says_how_many_it_was() {
        let mut told = Told::NOTHING;
        let lines = (0..1000).filter(|_| told.next(7).is_some()).count();
        assert_eq!(lines, 20);
        assert_eq!(told.next(8), Some(980));
        assert_eq!(told.next(8), Some(0));
    }
}
