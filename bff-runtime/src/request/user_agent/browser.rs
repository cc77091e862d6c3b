use serde::Serialize;

use super::text::{has, known, version_after};

/// A browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Browser<'a> {
    /// `Chrome`, `Edge`, `Firefox`, `Mobile Safari`, `Opera`, `Safari`, `Samsung Internet` …
    pub name: &'static str,
    /// All of the version, `17.0.1`.
    pub version: Option<&'a str>,
}

/// The token that a browser alone has, and its name. The first that is found counts: nearly every browser says
/// as well that it is Chrome, and Chrome that it is Safari.
const BROWSERS: &[(&str, &str)] = &[
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera Touch"),
    ("OPiOS/", "Opera Mini"),
    ("Opera Mini/", "Opera Mini"),
    ("Opera/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"),
    ("Vivaldi/", "Vivaldi"),
    ("UCBrowser/", "UCBrowser"),
    ("MiuiBrowser/", "MIUI Browser"),
    ("HuaweiBrowser/", "Huawei Browser"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("Whale/", "Whale"),
    ("Silk/", "Silk"),
    ("FBAV/", "Facebook"),
    ("Instagram ", "Instagram"),
    ("GSA/", "GSA"),
    ("Electron/", "Electron"),
    ("HeadlessChrome/", "Chrome Headless"),
    ("CriOS/", "Chrome"),
    ("FxiOS/", "Firefox"),
    ("Focus/", "Firefox Focus"),
    ("Firefox/", "Firefox"),
    ("Chromium/", "Chromium"),
    ("MSIE ", "IE"),
    ("Trident/7.0; rv:", "IE"),
];

impl<'a> Browser<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let found =
            BROWSERS.iter().find_map(|(token, name)| Some((*name, version_after(text, token)?)));
        let (name, version) = found.or_else(|| chrome(text)).or_else(|| safari(text))?;
        Some(Self { name, version: known(version) })
    }

    /// The first number of the version, `17`.
    pub fn major(&self) -> Option<&'a str> {
        self.version?.split('.').next()
    }
}

fn chrome(text: &str) -> Option<(&'static str, &str)> {
    let version = version_after(text, "Chrome/")?;
    Some((if text.contains("; wv)") { "Chrome WebView" } else { "Chrome" }, version))
}

/// Safari says its version apart; Android's old browser does as well.
fn safari(text: &str) -> Option<(&'static str, &str)> {
    let version = version_after(text, "Version/").filter(|_| text.contains("Safari/"))?;
    let name = if text.contains("Android") {
        "Android Browser"
    } else if has(text, &["Mobile/", "iPhone", "iPad"]) {
        "Mobile Safari"
    } else {
        "Safari"
    };
    Some((name, version))
}

impl Serialize for Browser<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Browser<'a> {
            name: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            version: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            major: Option<&'a str>,
        }
        Browser { name: self.name, version: self.version, major: self.major() }
            .serialize(serializer)
    }
}
