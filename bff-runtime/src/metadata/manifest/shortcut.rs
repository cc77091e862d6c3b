use serde::Serialize;

use super::Image;

/// A page of an installed app that its icon offers.
///
/// ```
/// use bff::metadata::manifest::{Image, Shortcut};
///
/// let inbox = Shortcut::new("Inbox", "/inbox").icon(Image::new("/inbox.png").size(96, 96));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is a shortcut for a manifest"]
pub struct Shortcut {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    icons: Vec<Image>,
}

impl Shortcut {
    /// A shortcut of this name to this URL of the app.
    pub fn new(name: impl Into<String>, url: impl Into<String>) -> Self {
        let (name, url) = (name.into(), url.into());
        Self { name, short_name: None, description: None, url, icons: Vec::new() }
    }

    /// The name where there is little room.
    pub fn short_name(mut self, name: impl Into<String>) -> Self {
        self.short_name = Some(name.into());
        self
    }

    /// What is there.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Adds an icon.
    pub fn icon(mut self, icon: Image) -> Self {
        self.icons.push(icon);
        self
    }
}
