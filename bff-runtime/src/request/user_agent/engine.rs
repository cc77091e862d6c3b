use serde::Serialize;

use super::text::{known, version_after};

/// What a browser draws pages with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Engine<'a> {
    /// `Blink`, `EdgeHTML`, `Gecko`, `Presto`, `Trident` or `WebKit`.
    pub name: &'static str,
    /// Of Blink, the version of Chrome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<&'a str>,
}

/// As with browsers: the first token counts, because Blink says that it is WebKit, and WebKit that it is Gecko.
const ENGINES: &[(&str, &str)] = &[
    ("Edge/", "EdgeHTML"),
    ("Trident/", "Trident"),
    ("Presto/", "Presto"),
    ("HeadlessChrome/", "Blink"),
    ("Chrome/", "Blink"),
    ("Chromium/", "Blink"),
    ("AppleWebKit/", "WebKit"),
];

impl<'a> Engine<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let found =
            ENGINES.iter().find_map(|(token, name)| Some((*name, version_after(text, token)?)));
        let (name, version) = found.or_else(|| {
            let version = version_after(text, "rv:").filter(|_| text.contains("Gecko/"))?;
            Some(("Gecko", version))
        })?;
        Some(Self { name, version: known(version) })
    }
}
