use crate::{Code, Diagnostics, Location, PublicFolder};

/// Links of `public/` that lead out of it: what lies elsewhere was not put there for everybody to see, and where the
/// app is deployed it may be another file.
pub(super) fn public_link(public: &PublicFolder, links: &[String], diagnostics: &mut Diagnostics) {
    for link in links {
        diagnostics.tree(
            Code::PublicLink,
            Location::file(format!("{}/{link}", public.path)),
            format!("`{link}` in `public/` is a link that leads out of the folder"),
            "copy the files into the folder, or build them there",
        );
    }
}
