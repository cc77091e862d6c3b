use serde::Serialize;

/// An icon of a [`Manifest`](super::Manifest) or of a shortcut.
///
/// ```
/// use bff::metadata::manifest::{Image, Purpose};
///
/// let icon = Image::new("/icon.png").size(192, 192).content_type("image/png").purpose(Purpose::Any);
/// let drawing = Image::new("/icon.svg").any_size().content_type("image/svg+xml");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is an image for a manifest"]
pub struct Image {
    src: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sizes: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
}

impl Image {
    /// An image at this URL, which may be relative to the manifest.
    pub fn new(src: impl Into<String>) -> Self {
        Self { src: src.into(), sizes: None, content_type: None, purpose: None }
    }

    /// Its size in pixels. An image that holds several has each of them.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        add_word(&mut self.sizes, &format!("{width}x{height}"));
        self
    }

    /// It is a drawing for every size.
    pub fn any_size(mut self) -> Self {
        add_word(&mut self.sizes, "any");
        self
    }

    /// Its type: `image/png`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// What it is for; there may be several. Without one it is for anything.
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        add_word(&mut self.purpose, purpose.as_str());
        self
    }
}

/// What an image is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Wherever an icon is shown.
    Any,
    /// It may be cut to the shape that the system likes.
    Maskable,
    /// Its shape counts and its colors do not.
    Monochrome,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Maskable => "maskable",
            Self::Monochrome => "monochrome",
        }
    }
}

/// A picture of the app in use, for those who think about installing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use = "it is a screenshot for a manifest"]
pub struct Screenshot {
    #[serde(flatten)]
    image: Image,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form_factor: Option<FormFactor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<String>,
}

impl Screenshot {
    /// A screenshot: its address, size and type.
    pub fn new(image: Image) -> Self {
        Self { image, label: None, form_factor: None, platform: None }
    }

    /// What is to be seen.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The kind of screen that it is for.
    pub fn form_factor(mut self, form_factor: FormFactor) -> Self {
        self.form_factor = Some(form_factor);
        self
    }

    /// The system or shop that it is for: `android`, `windows`, `ios`, …
    pub fn platform(mut self, platform: impl Into<String>) -> Self {
        self.platform = Some(platform.into());
        self
    }
}

/// A kind of screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FormFactor {
    /// As on a telephone.
    Narrow,
    /// As on a desk.
    Wide,
}

fn add_word(words: &mut Option<String>, word: &str) {
    match words {
        Some(words) => words.extend([" ", word]),
        None => *words = Some(word.to_owned()),
    }
}
