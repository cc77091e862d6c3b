use serde::Serialize;

/// How an installed app is shown; a browser without that mode takes the next in this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisplayMode {
    /// On all of the screen.
    Fullscreen,
    /// In a window of its own.
    Standalone,
    /// In a window of its own with some controls of the browser.
    MinimalUi,
    /// In a tab of the browser.
    Browser,
}

/// A mode for `display_override`, which is asked before `display`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum DisplayOverride {
    /// One of the modes that `display` has as well.
    Mode(DisplayMode),
    /// The app draws its own title bar.
    #[serde(serialize_with = "window_controls_overlay")]
    WindowControlsOverlay,
}

fn window_controls_overlay<S: serde::Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("window-controls-overlay")
}

impl From<DisplayMode> for DisplayOverride {
    fn from(mode: DisplayMode) -> Self {
        Self::Mode(mode)
    }
}

/// How the screen is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// As the user holds it.
    Any,
    /// As the device is built.
    Natural,
    /// Wide, either way round.
    Landscape,
    /// Wide, the usual way round.
    LandscapePrimary,
    /// Wide, the other way round.
    LandscapeSecondary,
    /// High, either way round.
    Portrait,
    /// High, the usual way round.
    PortraitPrimary,
    /// High, the other way round.
    PortraitSecondary,
}

/// The direction of the names and descriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// As the text itself says.
    Auto,
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}
