use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    ClientMode, Direction, DisplayMode, DisplayOverride, FileHandler, Image, Orientation,
    ProtocolHandler, RelatedApplication, Screenshot, ShareTarget, Shortcut, launch::launch_handler,
};
use crate::Error;

/// What a browser needs to install a site as an app, `application/manifest+json` (MDM-01 to MDM-03).
///
/// ```
/// use bff::metadata::{Manifest, manifest::{DisplayMode, Image}};
///
/// let manifest = Manifest::new("News")
///     .start_url("/")
///     .display(DisplayMode::Standalone)
///     .icon(Image::new("/icon.png").size(192, 192))
///     .with("note_taking", serde_json::json!({ "new_note_url": "/new" }));
/// assert_eq!(
///     serde_json::to_string(&manifest)?,
///     r#"{"name":"News","start_url":"/","display":"standalone","icons":[{"src":"/icon.png","sizes":"192x192"}],"note_taking":{"new_note_url":"/new"}}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// It is JSON without line breaks. What is not set is not there. URLs may be relative to the manifest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[must_use = "it is the response of a handler"]
pub struct Manifest {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dir: Option<Direction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<DisplayMode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    display_override: Vec<DisplayOverride>,
    #[serde(skip_serializing_if = "Option::is_none")]
    orientation: Option<Orientation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    background_color: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme_color: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    icons: Vec<Image>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    screenshots: Vec<Screenshot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shortcuts: Vec<Shortcut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_target: Option<ShareTarget>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    file_handlers: Vec<FileHandler>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    protocol_handlers: Vec<ProtocolHandler>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "launch_handler")]
    launch_handler: Vec<ClientMode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_applications: Vec<RelatedApplication>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefer_related_applications: Option<bool>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// The members that have a method of their own.
pub(super) const TYPED: [&str; 23] = [
    "name",
    "short_name",
    "description",
    "id",
    "start_url",
    "scope",
    "lang",
    "dir",
    "display",
    "display_override",
    "orientation",
    "background_color",
    "theme_color",
    "categories",
    "icons",
    "screenshots",
    "shortcuts",
    "share_target",
    "file_handlers",
    "protocol_handlers",
    "launch_handler",
    "related_applications",
    "prefer_related_applications",
];

impl Manifest {
    /// A manifest of an app of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }

    /// The name where there is little room, as below an icon.
    pub fn short_name(mut self, name: impl Into<String>) -> Self {
        self.short_name = Some(name.into());
        self
    }

    /// What the app does.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// What tells the app from others of this origin, whatever its manifest or its start are called.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The page that opens first.
    pub fn start_url(mut self, url: impl Into<String>) -> Self {
        self.start_url = Some(url.into());
        self
    }

    /// The pages that belong to the app: those below this URL.
    pub fn scope(mut self, url: impl Into<String>) -> Self {
        self.scope = Some(url.into());
        self
    }

    /// The language of names and descriptions: `en`, `de-AT`.
    pub fn lang(mut self, language: impl Into<String>) -> Self {
        self.lang = Some(language.into());
        self
    }

    /// The direction of names and descriptions.
    pub fn dir(mut self, direction: Direction) -> Self {
        self.dir = Some(direction);
        self
    }

    /// How the app is shown.
    pub fn display(mut self, mode: DisplayMode) -> Self {
        self.display = Some(mode);
        self
    }

    /// Adds a mode that is tried before that of [`display`](Self::display).
    pub fn display_override(mut self, mode: impl Into<DisplayOverride>) -> Self {
        self.display_override.push(mode.into());
        self
    }

    /// How the screen is held.
    pub fn orientation(mut self, orientation: Orientation) -> Self {
        self.orientation = Some(orientation);
        self
    }

    /// The color before the page is there, in CSS.
    pub fn background_color(mut self, color: impl Into<String>) -> Self {
        self.background_color = Some(color.into());
        self
    }

    /// The color of what the system shows around the app, in CSS.
    pub fn theme_color(mut self, color: impl Into<String>) -> Self {
        self.theme_color = Some(color.into());
        self
    }

    /// Adds a kind of app: `news`, `finance`.
    pub fn category(mut self, category: impl Into<String>) -> Self {
        self.categories.push(category.into());
        self
    }

    /// Adds an icon.
    pub fn icon(mut self, icon: Image) -> Self {
        self.icons.push(icon);
        self
    }

    /// Adds a screenshot.
    pub fn screenshot(mut self, screenshot: Screenshot) -> Self {
        self.screenshots.push(screenshot);
        self
    }

    /// Adds a page that the icon of the app offers.
    pub fn shortcut(mut self, shortcut: Shortcut) -> Self {
        self.shortcuts.push(shortcut);
        self
    }

    /// Where the app takes what users share with it.
    pub fn share_target(mut self, target: ShareTarget) -> Self {
        self.share_target = Some(target);
        self
    }

    /// Adds files that the app opens.
    pub fn file_handler(mut self, handler: FileHandler) -> Self {
        self.file_handlers.push(handler);
        self
    }

    /// Adds a scheme of URLs that the app opens.
    pub fn protocol_handler(mut self, handler: ProtocolHandler) -> Self {
        self.protocol_handlers.push(handler);
        self
    }

    /// What happens when the app is opened once more: `launch_handler.client_mode`. Of several modes a browser takes the
    /// first that it knows.
    pub fn client_mode(mut self, mode: ClientMode) -> Self {
        self.launch_handler.push(mode);
        self
    }

    /// Adds the same app in a shop.
    pub fn related_application(mut self, application: RelatedApplication) -> Self {
        self.related_applications.push(application);
        self
    }

    /// Whether those in a shop are the better choice.
    pub fn prefer_related_applications(mut self, yes: bool) -> Self {
        self.prefer_related_applications = Some(yes);
        self
    }

    /// Sets a member that has no method here. Those that have one cannot be set this way.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let name = name.into();
        if TYPED.contains(&&*name) {
            tracing::error!(member = name, "a member of the manifest has a method of its own");
        } else {
            self.others.insert(name, value.into());
        }
        self
    }
}

impl IntoResponse for Manifest {
    fn into_response(self) -> Response {
        let body = match serde_json::to_vec(&self) {
            Ok(body) => body,
            Err(error) => return Error::from(error).into_response(),
        };
        let mut response = Response::new(Body::from(body));
        let content_type = HeaderValue::from_static("application/manifest+json");
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        response
    }
}
