//! The texts of social images (MDO-02).

use crate::SourceTree;

/// How the name of a text ends that stands beside an image: `opengraph-image.alt.txt`.
pub(crate) const ALT: &str = ".alt.txt";

/// The file and the text for those who cannot see an image, without what an editor puts around it; `None` without
/// words. `stem` is the path of the image without its extension.
pub(crate) fn alt_text(source: &SourceTree, stem: &str) -> Option<(String, String)> {
    let path = format!("{stem}{ALT}");
    let file = source.files.iter().find(|file| file.path == path)?;
    let text = file.text.as_deref()?.trim();
    (!text.is_empty()).then(|| (path, text.to_owned()))
}
