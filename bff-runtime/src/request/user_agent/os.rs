use std::borrow::Cow;

use serde::Serialize;

use super::text::{has, known, platform, version_after};

/// An operating system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Os<'a> {
    /// `Android`, `Chrome OS`, `iOS` (also iPadOS), `Linux`, `macOS`, `Windows` …
    pub name: &'static str,
    /// With dots, `10.15.7`. Browsers keep it at an old value: macOS is always 10.15.7, and Windows 11 is 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Cow<'a, str>>,
}

/// Tokens in the order in which they decide: most systems say that they are Linux too.
const SYSTEMS: &[(&str, &str)] = &[
    ("Windows Phone OS ", "Windows Phone"),
    ("Windows Phone ", "Windows Phone"),
    ("Windows NT ", "Windows"),
    ("Xbox", "Windows"),
    ("CPU iPhone OS ", "iOS"),
    ("CPU OS ", "iOS"),
    ("PlayStation ", "PlayStation"),
    ("Nintendo ", "Nintendo"),
    ("HarmonyOS ", "HarmonyOS"),
    ("KAIOS/", "KaiOS"),
    ("Tizen ", "Tizen"),
    ("Web0S", "webOS"),
    ("webOS/", "webOS"),
    ("Android ", "Android"),
    ("Android", "Android"),
    ("CrOS ", "Chrome OS"),
    ("Mac OS X ", "macOS"),
    ("Macintosh", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("OpenBSD", "OpenBSD"),
    ("Ubuntu", "Ubuntu"),
    ("Fedora", "Fedora"),
    ("Debian", "Debian"),
    ("Linux", "Linux"),
];

impl<'a> Os<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let platform = platform(text);
        let (name, version) = SYSTEMS
            .iter()
            .find_map(|(token, name)| Some((*name, version_after(platform, token)?)))?;
        let version = match (name, version) {
            ("Windows", version) => known(windows(version)).map(Cow::Borrowed),
            ("Chrome OS", _) => None,
            (_, version) if version.contains('_') => Some(version.replace('_', ".").into()),
            (_, version) => known(version).map(Cow::Borrowed),
        };
        Some(Self { name, version })
    }
}

/// The name under which a version of Windows was sold.
fn windows(version: &str) -> &str {
    match version {
        "5.1" | "5.2" => "XP",
        "6.0" => "Vista",
        "6.1" => "7",
        "6.2" => "8",
        "6.3" => "8.1",
        "10.0" => "10",
        version => version,
    }
}

/// True for a system that runs on phones and tablets.
pub(super) fn is_android(platform: &str) -> bool {
    has(platform, &["Android", "HarmonyOS"])
}
