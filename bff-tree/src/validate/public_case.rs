use std::collections::BTreeMap;

use crate::{Code, Diagnostics, Location, PublicFolder};

/// Files or folders of `public/` that differ in case only are two on Linux and one on macOS and Windows, so a
/// checkout there loses one of them (PF-12).
pub(super) fn public_case(public: &PublicFolder, diagnostics: &mut Diagnostics) {
    let mut by_lower: BTreeMap<String, &str> = BTreeMap::new();
    for file in &public.files {
        let ends = file.match_indices('/').map(|(slash, _)| slash).chain([file.len()]);
        for path in ends.map(|end| &file[..end]) {
            let first = *by_lower.entry(path.to_lowercase()).or_insert(path);
            if first == path {
                continue;
            }
            diagnostics
                .tree(
                    Code::CaseOnly,
                    Location::file(format!("{}/{path}", public.path)),
                    format!("`{first}` and `{path}` in `public/` differ in case only"),
                    "rename one of them: some file systems cannot hold both",
                )
                .related
                .push(Location::file(format!("{}/{first}", public.path)));
            // What is below has been said with the folder.
            break;
        }
    }
}
