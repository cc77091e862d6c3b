use std::{convert::Infallible, fmt};

use axum::extract::FromRequestParts;
use http::{HeaderMap, header, request::Parts};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Browser, Cpu, Device, Engine, Os, bots::is_bot};

/// What the client says it is, from its `User-Agent` header (RH-098).
///
/// ```
/// use bff::request::{DeviceKind, UserAgent};
///
/// async fn home(agent: UserAgent) -> &'static str {
///     match agent.device().and_then(|device| device.kind) {
///         Some(DeviceKind::Mobile) => "small",
///         _ => "large",
///     }
/// }
/// ```
///
/// A hint, and never a proof: any client can say anything. Unknown parts are `None`; nothing is looked for before
/// it is asked for. As JSON it has the members `ua`, `browser`, `engine`, `os`, `device`, `cpu` and `isBot`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserAgent(String);

/// More than this no browser sends, and nobody else is to make the search longer.
const LONGEST: usize = 1024;

impl UserAgent {
    /// The one of these headers; an empty one when there is none (RH-099). What is no UTF-8 becomes U+FFFD.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let value = headers.get(header::USER_AGENT);
        Self(
            value
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .unwrap_or_default(),
        )
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The browser.
    pub fn browser(&self) -> Option<Browser<'_>> {
        Browser::of(self.head())
    }

    /// What it draws pages with.
    pub fn engine(&self) -> Option<Engine<'_>> {
        Engine::of(self.head())
    }

    /// The operating system.
    pub fn os(&self) -> Option<Os<'_>> {
        Os::of(self.head())
    }

    /// The device; a desktop is none.
    pub fn device(&self) -> Option<Device<'_>> {
        Device::of(self.head())
    }

    /// The processor.
    pub fn cpu(&self) -> Option<Cpu> {
        Cpu::of(self.head())
    }

    /// Whether it is a crawler or a preview of links that gives its name (RH-102).
    pub fn is_bot(&self) -> bool {
        is_bot(self.head())
    }

    fn head(&self) -> &str {
        &self.0[..self.0.floor_char_boundary(LONGEST)]
    }
}

impl<S: Sync> FromRequestParts<S> for UserAgent {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

impl From<&str> for UserAgent {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for UserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Unknown parts are objects without members.
impl Serialize for UserAgent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Unknown {}

        #[derive(Serialize)]
        #[serde(untagged)]
        enum Part<T> {
            Known(T),
            Unknown(Unknown),
        }

        fn part<T>(part: Option<T>) -> Part<T> {
            part.map_or(Part::Unknown(Unknown {}), Part::Known)
        }

        let mut map = serializer.serialize_map(Some(7))?;
        map.serialize_entry("ua", &self.0)?;
        map.serialize_entry("browser", &part(self.browser()))?;
        map.serialize_entry("engine", &part(self.engine()))?;
        map.serialize_entry("os", &part(self.os()))?;
        map.serialize_entry("device", &part(self.device()))?;
        map.serialize_entry("cpu", &part(self.cpu()))?;
        map.serialize_entry("isBot", &self.is_bot())?;
        map.end()
    }
}
