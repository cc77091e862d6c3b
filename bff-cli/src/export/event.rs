use serde::Deserialize;

/// What a line begins with that is for us.
const MARK: &str = "@bff-export ";

/// A step of an export, as the app says it. Fields that it may say in later versions are passed over.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Event {
    /// So many files will be written.
    Planned { files: u64 },
    /// This one was.
    Written { file: String },
    /// Something is left out.
    Warning(Mistake),
    /// Something keeps the app from being exported.
    Mistake(Mistake),
    /// Everything was written.
    Done(Totals),
}

/// What is wrong, where, and what to do.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Mistake {
    pub(crate) place: String,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) unsupported: bool,
}

/// What was written.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Totals {
    pub(crate) routes: u64,
    pub(crate) public: u64,
    pub(crate) files: u64,
    pub(crate) bytes: u64,
}

impl Event {
    /// The event of a line, and what stands before it: the app may not have ended its own last line. `None` for a line
    /// that is the app's own as a whole.
    pub(super) fn read(line: &str) -> Option<(&str, Self)> {
        line.match_indices(MARK).find_map(|(at, mark)| {
            let event = serde_json::from_str(&line[at + mark.len()..]).ok()?;
            Some((&line[..at], event))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_found_behind_a_line_that_has_not_ended() {
        for text in ["connecting … ", "@bff-export ", "@bff-export {} "] {
            let line = format!(r#"{text}{MARK}{{"event":"planned","files":1}}"#);
            assert_eq!(Event::read(&line), Some((text, Event::Planned { files: 1 })), "{line}");
        }
        // What an event says is no event.
        let line = format!(r#"{MARK}{{"event":"written","file":"{MARK}{{}}"}}"#);
        let expected = Event::Written { file: format!("{MARK}{{}}") };
        assert_eq!(Event::read(&line), Some(("", expected)), "{line}");
    }

    #[test]
    fn the_lines_of_the_app_are_told_from_events() {
        for line in [
            "",
            "hello",
            r#"{"event":"planned","files":1}"#,
            "@bff-export",
            "@bff-export {}",
            r#"@bff-export {"event":"planned","files":1} and more"#,
        ] {
            assert_eq!(Event::read(line), None, "{line}");
        }
        for (line, expected) in [
            (r#"{"event":"planned","files":12}"#, Event::Planned { files: 12 }),
            (
                r#"{"event":"written","file":"a b","bytes":3}"#,
                Event::Written { file: "a b".to_owned() },
            ),
            (
                r#"{"event":"mistake","place":"p","message":"m","help":"h","unsupported":true}"#,
                Event::Mistake(Mistake {
                    place: "p".to_owned(),
                    message: "m".to_owned(),
                    help: "h".to_owned(),
                    unsupported: true,
                }),
            ),
            (
                r#"{"event":"done","folder":"out","routes":2,"public":1,"files":3,"bytes":4}"#,
                Event::Done(Totals { routes: 2, public: 1, files: 3, bytes: 4 }),
            ),
        ] {
            assert_eq!(Event::read(&format!("{MARK}{line}")), Some(("", expected)), "{line}");
        }
    }
}
