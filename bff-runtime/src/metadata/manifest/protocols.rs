use serde::Serialize;

/// A scheme of URLs that an installed app opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is a protocol handler for a manifest"]
pub struct ProtocolHandler {
    protocol: String,
    url: String,
}

impl ProtocolHandler {
    /// Opens URLs of this scheme, `mailto` or `web+news`, at this URL of the app, where `%s` stands for them.
    pub fn new(protocol: impl Into<String>, url: impl Into<String>) -> Self {
        Self { protocol: protocol.into(), url: url.into() }
    }
}

/// The same app in a shop.
///
/// ```
/// use bff::metadata::manifest::RelatedApplication;
///
/// let app = RelatedApplication::new("play").url("https://play.example/news").id("com.example.news");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is a related application for a manifest"]
pub struct RelatedApplication {
    platform: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
}

impl RelatedApplication {
    /// An app of this platform: `play`, `itunes`, `windows`, `webapp`, …
    pub fn new(platform: impl Into<String>) -> Self {
        Self { platform: platform.into(), url: None, id: None }
    }

    /// Where it is found.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Its name in the shop.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}
