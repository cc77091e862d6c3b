use crate::{Code, Diagnostics, Location, PublicFolder};

/// URLs below this are bff's own.
const RESERVED: &str = "_bff";

/// Files of `public/` whose URLs begin with the prefix that is kept for bff's own (PF-15).
pub(super) fn reserved_public_name(public: &PublicFolder, diagnostics: &mut Diagnostics) {
    let is_reserved = |file: &&String| file.split('/').next() == Some(RESERVED);
    // One message for the folder, however many files are below it.
    if public.files.iter().any(|file| is_reserved(&file)) {
        diagnostics.tree(
            Code::ReservedPublicName,
            Location::file(format!("{}/{RESERVED}", public.path)),
            format!("URLs that begin with `/{RESERVED}` are kept for bff"),
            "rename it",
        );
    }
}
