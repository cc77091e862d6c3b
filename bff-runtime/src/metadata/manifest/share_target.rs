use serde::Serialize;

/// Where an installed app takes what users share with it.
///
/// ```
/// use bff::metadata::manifest::ShareTarget;
///
/// let notes = ShareTarget::new("/share").title("title").text("text").url("link");
/// ```
///
/// The names are those of the parameters, or fields of the form, that the app is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is a share target for a manifest"]
pub struct ShareTarget {
    action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enctype: Option<ShareEncoding>,
    params: Params,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Params {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<ShareFile>,
}

impl ShareTarget {
    /// Takes what is shared at this URL of the app; with GET unless it is told otherwise.
    pub fn new(action: impl Into<String>) -> Self {
        Self { action: action.into(), method: None, enctype: None, params: Params::default() }
    }

    /// Takes what is shared as a form of this encoding, with POST. With [files](Self::file) it is multipart whatever is
    /// said, since no other form has any.
    pub fn form(mut self, encoding: ShareEncoding) -> Self {
        self.method = Some("POST");
        self.enctype = Some(match self.params.files.is_empty() {
            true => encoding,
            false => ShareEncoding::Multipart,
        });
        self
    }

    /// The name of the title.
    pub fn title(mut self, name: impl Into<String>) -> Self {
        self.params.title = Some(name.into());
        self
    }

    /// The name of the text.
    pub fn text(mut self, name: impl Into<String>) -> Self {
        self.params.text = Some(name.into());
        self
    }

    /// The name of the URL.
    pub fn url(mut self, name: impl Into<String>) -> Self {
        self.params.url = Some(name.into());
        self
    }

    /// Files, which are sent as a multipart [form](Self::form).
    pub fn file(mut self, file: ShareFile) -> Self {
        self.params.files.push(file);
        self.form(ShareEncoding::Multipart)
    }
}

/// How a shared form is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum ShareEncoding {
    /// `application/x-www-form-urlencoded`.
    #[serde(rename = "application/x-www-form-urlencoded")]
    UrlEncoded,
    /// `multipart/form-data`.
    #[serde(rename = "multipart/form-data")]
    Multipart,
}

/// Files that can be shared with the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is a kind of file for a share target"]
pub struct ShareFile {
    name: String,
    accept: Vec<String>,
}

impl ShareFile {
    /// Files in the field of this name, of these types or endings of names: `text/csv`, `.csv`.
    pub fn new<A: Into<String>>(
        name: impl Into<String>,
        accept: impl IntoIterator<Item = A>,
    ) -> Self {
        Self { name: name.into(), accept: accept.into_iter().map(Into::into).collect() }
    }
}
