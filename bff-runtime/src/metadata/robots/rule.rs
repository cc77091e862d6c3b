use std::time::Duration;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::InvalidRobots;
use crate::{metadata::text_line::breaks_its_line, response::NOT_IN_A_URL};

/// What a path of `robots.txt` does not hold as it stands; `#` begins a comment.
const NOT_IN_A_PATH: &AsciiSet = &NOT_IN_A_URL.add(b'#');

/// Names of lines whose values have rules. [`RobotsRule::other`] knows none, and would let anything pass.
const CHECKED: [&str; 6] = ["user-agent", "allow", "disallow", "crawl-delay", "host", "sitemap"];

/// What some crawlers may fetch and what not, in a [`Robots`](super::Robots) (MDR-01).
///
/// ```
/// use bff::metadata::RobotsRule;
///
/// let everybody = RobotsRule::everybody().disallow("/admin");
/// let these = RobotsRule::new("Googlebot").agent("Bingbot").allow("/").disallow("/search");
/// ```
#[derive(Clone, Debug)]
#[must_use = "it is a rule for a robots.txt"]
pub struct RobotsRule {
    agents: Vec<String>,
    allowed: Vec<String>,
    disallowed: Vec<String>,
    crawl_delay: Duration,
    other: Vec<(String, String)>,
}

impl RobotsRule {
    /// A rule for every crawler that no other rule names: `*`.
    pub fn everybody() -> Self {
        Self::new("*")
    }

    /// A rule for the crawler of this name.
    pub fn new(agent: impl AsRef<str>) -> Self {
        let agents = vec![agent.as_ref().to_owned()];
        let (allowed, disallowed, other) = (Vec::new(), Vec::new(), Vec::new());
        Self { agents, allowed, disallowed, crawl_delay: Duration::ZERO, other }
    }

    /// Makes it the rule for one more crawler.
    pub fn agent(mut self, agent: impl AsRef<str>) -> Self {
        self.agents.push(agent.as_ref().to_owned());
        self
    }

    /// Paths that begin like this may be fetched. `*` stands for any text, `$` for the end of the path.
    ///
    /// It begins with `/` or `*`; what no path holds is percent-encoded. An empty one says nothing (MDR-03).
    pub fn allow(mut self, path: impl AsRef<str>) -> Self {
        if !path.as_ref().is_empty() {
            self.allowed.push(path.as_ref().to_owned());
        }
        self
    }

    /// Paths that begin like this may not be fetched; see [`allow`](Self::allow). An empty one means none of them: all
    /// may be fetched.
    pub fn disallow(mut self, path: impl AsRef<str>) -> Self {
        self.disallowed.push(path.as_ref().to_owned());
        self
    }

    /// How long a crawler should wait between two requests, in seconds and parts of them. Zero says nothing (MDR-03).
    /// Not every crawler heeds it: Google's does not.
    pub fn crawl_delay(mut self, delay: Duration) -> Self {
        self.crawl_delay = delay;
        self
    }

    /// A line that only some crawlers know: `Clean-param`, `Request-rate`. The name is written as it is given; one that a
    /// method here or of [`Robots`](super::Robots) is for is refused.
    pub fn other(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.other.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Writes the block of the rule, and the empty line that ends it (MDR-02).
    pub(super) fn write(&self, out: &mut String) -> Result<(), InvalidRobots> {
        for agent in &self.agents {
            line(out, "User-Agent", word("user agent", agent)?);
        }
        for (name, paths) in [("Allow", &self.allowed), ("Disallow", &self.disallowed)] {
            for path in paths {
                line(out, name, &written(path)?);
            }
        }
        if self.allowed.iter().chain(&self.disallowed).next().is_none() {
            // RFC 9309 section 2.2: a group ends with its rules, and not with an empty line. Without one, these agents
            // would be those of the next rule as well.
            line(out, "Disallow", "");
        }
        if !self.crawl_delay.is_zero() {
            line(out, "Crawl-delay", &self.crawl_delay.as_secs_f64().to_string());
        }
        for (name, value) in &self.other {
            if name.is_empty() || !name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-') {
                let because = "is made of other characters than letters, digits and hyphens";
                return Err(InvalidRobots::new("name", name, because));
            }
            if CHECKED.iter().any(|checked| name.eq_ignore_ascii_case(checked)) {
                return Err(InvalidRobots::new(
                    "name",
                    name,
                    "has a method, which checks its value",
                ));
            }
            if breaks_its_line(value) {
                return Err(InvalidRobots::new("value", value, "holds a control character"));
            }
            if value.contains('#') {
                return Err(InvalidRobots::new(
                    "value",
                    value,
                    "holds `#`, which begins a comment",
                ));
            }
            line(out, name, value);
        }
        out.push('\n');
        Ok(())
    }
}

fn written(path: &str) -> Result<String, InvalidRobots> {
    if path.is_empty() || path.starts_with(['/', '*']) {
        return Ok(utf8_percent_encode(path, NOT_IN_A_PATH).to_string());
    }
    // Crawlers pass over such a line, and what it was to protect is open.
    Err(InvalidRobots::new("path", path, "begins with neither `/` nor `*`"))
}

/// A value that is one word: an agent, a host.
pub(super) fn word<'a>(what: &'static str, text: &'a str) -> Result<&'a str, InvalidRobots> {
    let is_one = |c: char| !c.is_whitespace() && c != '#';
    if !text.is_empty() && text.chars().all(is_one) && !breaks_its_line(text) {
        return Ok(text);
    }
    Err(InvalidRobots::new(what, text, "is not one word"))
}

pub(super) fn line(out: &mut String, name: &str, value: &str) {
    let separator = if value.is_empty() { ":" } else { ": " };
    out.extend([name, separator, value, "\n"]);
}
