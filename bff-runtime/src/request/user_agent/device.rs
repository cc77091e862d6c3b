use serde::Serialize;

use super::{
    os::is_android,
    text::{has, platform},
};

/// A device. A desktop browser has none: treat it as the usual case (RH-101).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Device<'a> {
    /// `Apple`, `Google`, `Samsung` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<&'static str>,
    /// `iPhone`, `Pixel 8` … Recent browsers leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<&'a str>,
    /// What sort of device it is.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<DeviceKind>,
}

/// A sort of device (RH-101).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DeviceKind {
    /// A game console.
    Console,
    /// A phone.
    Mobile,
    /// A tablet.
    Tablet,
    /// A television, or a box at one.
    SmartTv,
    /// A watch or glasses.
    Wearable,
    /// A car, for example.
    Embedded,
}

use DeviceKind::{Console, Embedded, Mobile, SmartTv, Tablet, Wearable};

/// Devices that say themselves what they are: token, vendor, model, kind.
const DEVICES: &[(&str, Option<&str>, Option<&str>, DeviceKind)] = &[
    ("iPhone", Some("Apple"), Some("iPhone"), Mobile),
    ("iPad", Some("Apple"), Some("iPad"), Tablet),
    ("iPod", Some("Apple"), Some("iPod"), Mobile),
    ("Apple TV", Some("Apple"), Some("Apple TV"), SmartTv),
    ("AppleTV", Some("Apple"), Some("Apple TV"), SmartTv),
    ("Watch OS", Some("Apple"), Some("Watch"), Wearable),
    ("PlayStation 5", Some("Sony"), Some("PlayStation 5"), Console),
    ("PlayStation 4", Some("Sony"), Some("PlayStation 4"), Console),
    ("PlayStation", Some("Sony"), Some("PlayStation"), Console),
    ("Xbox", Some("Microsoft"), Some("Xbox"), Console),
    ("Nintendo Switch", Some("Nintendo"), Some("Switch"), Console),
    ("Nintendo", Some("Nintendo"), None, Console),
    ("SMART-TV", Some("Samsung"), None, SmartTv),
    ("Web0S", Some("LG"), None, SmartTv),
    ("BRAVIA", Some("Sony"), None, SmartTv),
    ("CrKey", Some("Google"), Some("Chromecast"), SmartTv),
    ("Roku", Some("Roku"), None, SmartTv),
    ("; AFT", Some("Amazon"), None, SmartTv),
    ("SmartTV", None, None, SmartTv),
    ("Smart TV", None, None, SmartTv),
    ("GoogleTV", None, None, SmartTv),
    ("HbbTV", None, None, SmartTv),
    ("Android TV", None, None, SmartTv),
    ("Wear OS", None, None, Wearable),
    ("Tesla/", Some("Tesla"), None, Embedded),
    ("QtCarBrowser", Some("Tesla"), None, Embedded),
    ("Windows Phone", None, None, Mobile),
    ("KAIOS", None, None, Mobile),
];

/// How the models of a vendor begin.
const VENDORS: &[(&[&str], &str)] = &[
    (&["SM-", "GT-", "SAMSUNG", "Galaxy"], "Samsung"),
    (&["Pixel", "Nexus"], "Google"),
    (&["Redmi", "MI ", "Mi ", "POCO"], "Xiaomi"),
    (&["moto", "Moto", "XT"], "Motorola"),
    (&["HUAWEI", "ELE-", "VOG-"], "Huawei"),
    (&["HONOR"], "Honor"),
    (&["ONEPLUS", "OnePlus"], "OnePlus"),
    (&["CPH", "OPPO"], "OPPO"),
    (&["vivo", "V2"], "Vivo"),
    (&["KF"], "Amazon"),
    (&["LG-", "LM-"], "LG"),
    (&["Nokia"], "Nokia"),
];

impl<'a> Device<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let named = DEVICES.iter().find(|(token, ..)| text.contains(token));
        if let Some(&(_, vendor, model, kind)) = named {
            return Some(Self { vendor, model, kind: Some(kind) });
        }
        let platform = platform(text);
        // Firefox says nothing but these; everyone else is Android's.
        let kind = if has(platform, &["Tablet"]) {
            Tablet
        } else if is_android(platform) {
            if has(text, &["Mobile"]) { Mobile } else { Tablet }
        } else if has(platform, &["Mobile"]) {
            Mobile
        } else {
            return None;
        };
        let model = model(platform);
        let vendor = model.and_then(|model| {
            let known =
                |(starts, _): &&(&[&str], _)| starts.iter().any(|start| model.starts_with(start));
            VENDORS.iter().find(known).map(|(_, vendor)| *vendor)
        });
        let kind = if model.is_some_and(is_watch) { Wearable } else { kind };
        Some(Self { vendor, model, kind: Some(kind) })
    }
}

/// What follows the version: `Linux; Android 14; Pixel 8 Build/UQ1A`. A lone `K` is Chrome's way to say nothing.
fn model(platform: &str) -> Option<&str> {
    let mut parts = platform.split(';').map(str::trim).skip_while(|part| !is_android(part)).skip(1);
    let part = parts
        .find(|part| !matches!(*part, "wv" | "U" | "Mobile" | "Tablet") && !is_language(part))?;
    let model = part.split(" Build/").next().unwrap_or(part).trim();
    (!model.is_empty() && model != "K" && !model.starts_with("rv:")).then_some(model)
}

/// `en-us`, which old browsers put before the model.
fn is_language(part: &str) -> bool {
    let letters =
        |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    part.split_once(['-', '_'])
        .is_some_and(|(language, region)| letters(language) && letters(region))
}

/// Samsung's watches.
fn is_watch(model: &str) -> bool {
    has(model, &["SM-R8", "SM-R9", "SM-L3", "Watch"])
}
