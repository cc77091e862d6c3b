use serde_json::Value;

/// An answer as it was on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The header lines in their order, names as they were sent.
    pub(crate) headers: Vec<(String, String)>,
    /// The body, without the framing.
    pub(crate) body: Vec<u8>,
    /// The connection broke before the body was complete.
    pub(crate) broken: bool,
}

/// The headers of an answer with a body that is no page, of an app that adds none: those of HTTP, and those that make a
/// browser careful.
pub(crate) const HEADERS_OF_DATA: [&str; 8] = [
    "connection",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-resource-policy",
    "date",
    "referrer-policy",
    "x-content-type-options",
];

impl Answer {
    /// Every value of this header, in order.
    pub(crate) fn lines(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| &**value)
            .collect()
    }

    /// The value of a header that stands there once at most.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.lines(name);
        assert!(lines.len() <= 1, "`{name}` was sent {} times: {lines:?}", lines.len());
        lines.first().copied()
    }

    #[track_caller]
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("the body is no JSON: {error}: {self:?}"))
    }

    /// Checks status and text.
    #[track_caller]
    pub(crate) fn is(&self, status: u16, text: &str) {
        assert_eq!((self.status, self.text()), (status, text), "{self:?}");
    }

    /// Checks that this is a problem document of this status, and gives it (RFC 9457).
    #[track_caller]
    pub(crate) fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], status, "{problem}");
        assert!(problem["type"].is_string() && problem["title"].is_string(), "{problem}");
        problem
    }

    /// Checks that this is a 500 that gives nothing away (RH-074). What must not be told contains "secret" in
    /// every handler of the fixtures.
    #[track_caller]
    pub(crate) fn opaque(&self) {
        let problem = self.problem(500);
        assert_eq!(problem.get("detail"), None, "{problem}");
        if let Some(id) = problem.get("request_id") {
            assert_eq!(id.as_str(), self.header("x-request-id"), "{problem}");
        }
        self.tells_no_secret();
    }

    #[track_caller]
    pub(crate) fn tells_no_secret(&self) {
        let all = format!("{:?} {}", self.headers, String::from_utf8_lossy(&self.body));
        assert!(!all.contains("secret"), "{all}");
    }

    /// The names of all headers, sorted.
    pub(crate) fn header_names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.headers.iter().map(|(name, _)| name.to_lowercase()).collect();
        names.sort();
        names
    }

    /// Without what a connection adds to an answer, or one date or request to another; sorted, as the order of headers
    /// with different names says nothing (RFC 9110 section 5.3).
    pub(crate) fn without_noise(mut self) -> Self {
        if let Some(id) = self.header("x-request-id").map(str::to_owned) {
            let said = |text: &str| text.replace(&id, "an id");
            self.body = said(&String::from_utf8_lossy(&self.body)).into();
            self.headers.iter_mut().for_each(|(_, value)| *value = said(value));
        }
        self.headers.retain(|(name, _)| {
            !["date", "connection", "transfer-encoding"]
                .iter()
                .any(|noise| name.eq_ignore_ascii_case(noise))
        });
        self.headers.sort();
        self
    }
}
