use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeMap};

/// What happens when the app is opened once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientMode {
    /// What the browser thinks best.
    Auto,
    /// Its page is shown in the window that is open.
    NavigateExisting,
    /// A window is opened.
    NavigateNew,
    /// The window that is open comes forward and is told of it.
    FocusExisting,
}

/// `launch_handler`: one mode as a word, several as a list in the order of liking (MDM-03).
pub(super) fn launch_handler<S: Serializer>(
    modes: &[ClientMode],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(Some(1))?;
    match modes {
        [mode] => object.serialize_entry("client_mode", mode)?,
        modes => object.serialize_entry("client_mode", modes)?,
    }
    object.end()
}

/// The files that an installed app opens.
///
/// ```
/// use bff::metadata::manifest::FileHandler;
///
/// let tables = FileHandler::new("/open").accept("text/csv", [".csv"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is a file handler for a manifest"]
pub struct FileHandler {
    action: String,
    accept: BTreeMap<String, Vec<String>>,
}

impl FileHandler {
    /// Opens files at this URL of the app.
    pub fn new(action: impl Into<String>) -> Self {
        Self { action: action.into(), accept: BTreeMap::new() }
    }

    /// Files of this type, with these endings of names: `.csv`.
    pub fn accept<E: Into<String>>(
        mut self,
        content_type: impl Into<String>,
        extensions: impl IntoIterator<Item = E>,
    ) -> Self {
        let known = self.accept.entry(content_type.into()).or_default();
        known.extend(extensions.into_iter().map(Into::into));
        self
    }
}
