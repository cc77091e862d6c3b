use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::export::ExportedFile;

const VERSION: u32 = 1;

/// `_bff/manifest.json`; its shape is documented in [`export`](mod@crate::export).
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::export) struct Manifest<'a> {
    version: u32,
    generator: Cow<'a, str>,
    files: Cow<'a, [ExportedFile]>,
}

impl Manifest<'_> {
    /// What an earlier export has written; `None` when this is not its manifest.
    pub(in crate::export) fn read(text: &str) -> Option<Vec<ExportedFile>> {
        let manifest: Manifest<'static> = serde_json::from_str(text).ok()?;
        manifest.generator.starts_with("bff ").then(|| manifest.files.into_owned())
    }
}

/// The text of the manifest. It says nothing of when or where it was made, so the same app gives the same text.
///
/// # Errors
/// Never, as far as serde knows its own types.
pub(in crate::export) fn manifest_text(files: &[ExportedFile]) -> Result<String, String> {
    let manifest = Manifest {
        version: VERSION,
        generator: concat!("bff ", env!("CARGO_PKG_VERSION")).into(),
        files: files.into(),
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| error.to_string())?;
    Ok(text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ex_15_a_manifest_is_read_as_it_was_written_and_nothing_else_is_one() {
        let file = ExportedFile {
            path: "/a%20b".to_owned(),
            file: "a b".to_owned(),
            source: "app/[x]/route.rs".to_owned(),
            status: 201,
            headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
            bytes: 3,
            sha256: "00".repeat(32),
        };
        let text = manifest_text(std::slice::from_ref(&file)).unwrap();
        assert_eq!(Manifest::read(&text), Some(vec![file]));
        for other in [
            "",
            "{}",
            "[]",
            r#"{"name":"My app","icons":[]}"#,
            r#"{"version":1,"generator":"other","files":[]}"#,
        ] {
            assert_eq!(Manifest::read(other), None, "{other}");
        }
    }
}
