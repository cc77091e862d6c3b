use std::{borrow::Cow, fmt, time::Duration};

/// One metric of the header: `name;desc="…";dur=1.5` (W3C Server Timing, section 3).
#[derive(Debug)]
pub(super) struct Metric {
    pub(super) name: Cow<'static, str>,
    pub(super) description: Option<Cow<'static, str>>,
    pub(super) duration: Option<Duration>,
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A name is a token, and not an empty one (RFC 9110 section 5.6.2).
        if self.name.is_empty() {
            f.write_str("_")?;
        }
        for c in self.name.chars() {
            write!(f, "{}", if is_token(c) { c } else { '_' })?;
        }
        if let Some(description) = &self.description {
            f.write_str(";desc=\"")?;
            for c in description.chars() {
                match c {
                    '"' | '\\' => write!(f, "\\{c}")?,
                    ' '..='~' => write!(f, "{c}")?,
                    // Clients disagree on how to read what is beyond ASCII, and a control ends the header.
                    _ => f.write_str("?")?,
                }
            }
            f.write_str("\"")?;
        }
        if let Some(duration) = self.duration {
            write!(f, ";dur={:.3}", duration.as_secs_f64() * 1000.0)?;
        }
        Ok(())
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn metric(name: &str, description: Option<&str>, micros: Option<u64>) -> String {
        let metric = Metric {
            name: name.to_owned().into(),
            description: description.map(|it| it.to_owned().into()),
            duration: micros.map(Duration::from_micros),
        };
        metric.to_string()
    }

    #[test]
    fn metrics_are_written_as_the_header_has_them() {
        for (name, description, micros, expected) in [
            ("miss", None, None, "miss"),
            ("db", None, Some(53_200), "db;dur=53.200"),
            ("db", None, Some(0), "db;dur=0.000"),
            ("cache", Some("Cache Read"), Some(23_200), "cache;desc=\"Cache Read\";dur=23.200"),
            ("q", Some(r#"say "hi" \o/"#), None, r#"q;desc="say \"hi\" \\o/""#),
            ("q", Some("a\r\nset-cookie: b=1"), None, "q;desc=\"a??set-cookie: b=1\""),
            ("größe, 2;x", Some("größe"), None, "gr__e__2_x;desc=\"gr??e\""),
            ("", Some(""), None, "_;desc=\"\""),
        ] {
            assert_eq!(metric(name, description, micros), expected);
        }
    }

    proptest! {
        #[test]
        fn whatever_it_is_called_a_metric_stays_one_metric(name: String, description: String) {
            let text = metric(&name, Some(&description), Some(1));
            prop_assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            let (name, rest) = text.split_once(';').unwrap();
            prop_assert!(!name.is_empty() && name.chars().all(is_token));
            // What a parser of quoted strings reads back has the length of what was said.
            let mut quoted = rest.strip_prefix("desc=\"").unwrap().chars();
            let mut length = 0;
            loop {
                match quoted.next().unwrap() {
                    '"' => break,
                    '\\' => { quoted.next().unwrap(); }
                    _ => {}
                }
                length += 1;
            }
            prop_assert_eq!(length, description.chars().count());
            prop_assert_eq!(quoted.as_str(), ";dur=0.001");
        }
    }
}
