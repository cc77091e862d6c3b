use proc_macro2::{Ident, Span};
use unicode_ident::{is_xid_continue, is_xid_start};

/// Names that Rust cannot have as identifiers, not even raw.
const NEVER_IDENTIFIERS: [&str; 5] = ["_", "self", "Self", "super", "crate"];

/// The argument name of a param: `-` becomes `_`; `None` when no identifier can be made of it.
pub(crate) fn argument_name(param: &str) -> Option<String> {
    let name = param.replace('-', "_");
    let starts_well = name.starts_with(|c: char| is_xid_start(c) || c == '_');
    let word = name.chars().all(is_xid_continue);
    (starts_well && word && !NEVER_IDENTIFIERS.contains(&&*name)).then_some(name)
}

/// An identifier with this name, raw when the name is a keyword.
///
/// ```
/// # use bff_tree::ident;
/// assert_eq!(ident("type").to_string(), "r#type");
/// ```
///
/// # Panics
/// When `name` is no word at all; names from a [`ParamName`](crate::ParamName) or the functions here always are.
pub fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}

/// The module that `app!` declares for the route file in `folder` (relative to the app, `""` for the root).
///
/// Stable and injective: the name depends on this folder alone, so that adding a route never renames another,
/// and no two folders share one. Letters and digits stand for themselves, a slash is `__`, everything else is
/// `_` and a letter or `_` and two hexadecimal digits for each byte.
pub fn module_ident(folder: &str) -> Ident {
    encoded("__bff", folder)
}

/// The module for the file below `pages/api` with this path (relative to `pages`, without `.rs`). No module of the
/// app folder has its name.
pub(crate) fn pages_module_ident(path: &str) -> Ident {
    encoded("__bff_pages", path)
}

/// The name that belongs to the metadata file with this path (relative to the app, without `.rs`): the module of one
/// that is code.
pub(crate) fn metadata_module_ident(path: &str) -> Ident {
    encoded("__bff_metadata", path)
}

fn encoded(prefix: &str, path: &str) -> Ident {
    let mut name = String::from(prefix);
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        name.push_str("__");
        for byte in segment.bytes() {
            match byte {
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => name.push(char::from(byte)),
                b'[' => name.push_str("_l"),
                b']' => name.push_str("_r"),
                b'(' => name.push_str("_g"),
                b')' => name.push_str("_h"),
                b'.' => name.push_str("_o"),
                b'-' => name.push_str("_m"),
                b'_' => name.push_str("_u"),
                _ => name.push_str(&format!("_{byte:02x}")),
            }
        }
    }
    Ident::new(&name, Span::call_site())
}

/// The readable module of one URL segment in the tree of typed path functions.
///
/// Everything that an identifier cannot hold becomes `_`; two segments may therefore share a name, and the
/// caller tells them apart.
pub fn url_module_ident(segment: &str) -> Ident {
    let mut name: String =
        segment.chars().map(|c| if is_xid_continue(c) { c } else { '_' }).collect();
    if !name.starts_with(|c: char| is_xid_start(c) || c == '_')
        || NEVER_IDENTIFIERS.contains(&&*name)
    {
        name.insert(0, '_');
    }
    if name.chars().all(|c| c == '_') {
        name.push('_');
        name.push('0');
    }
    ident(&name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn module_names_are_readable_and_tell_look_alikes_apart() {
        for (folder, expected) in [
            ("", "__bff"),
            ("api/posts/[id]", "__bff__api__posts___lid_r"),
            ("a-b", "__bff__a_mb"),
            ("a_b", "__bff__a_ub"),
            ("a.b", "__bff__a_ob"),
            ("(shop)/x", "__bff___gshop_h__x"),
            ("ü", "__bff___c3_bc"),
        ] {
            assert_eq!(module_ident(folder), expected, "{folder}");
        }
    }

    #[test]
    fn modules_of_pages_are_named_apart_from_those_of_the_app_folder() {
        assert_eq!(metadata_module_ident("api/icon.png"), "__bff_metadata__api__icon_opng");
        assert_eq!(pages_module_ident("api/x"), "__bff_pages__api__x");
        assert_eq!(pages_module_ident("api/[id]"), "__bff_pages__api___lid_r");
        for folder in ["pages/api/x", "_pages/api/x", "pages__api__x"] {
            assert_ne!(module_ident(folder), pages_module_ident("api/x"), "{folder}");
        }
    }

    #[test]
    fn rh_032_param_names_become_argument_names() {
        for (param, expected) in [
            ("id", Some("id")),
            ("post-id", Some("post_id")),
            ("type", Some("type")),
            ("9", None),
            ("a.b", None),
            ("self", None),
        ] {
            assert_eq!(argument_name(param).as_deref(), expected, "{param}");
        }
    }

    proptest! {
        #[test]
        fn module_names_are_injective(folders in proptest::collection::vec("[a-c_./()\\[\\]é-]{0,6}", 2..40)) {
            let mut seen: HashMap<String, String> = HashMap::new();
            for folder in folders {
                // Only folders as a file system has them: no empty segments.
                let folder = folder.split('/').filter(|segment| !segment.is_empty()).collect::<Vec<_>>().join("/");
                let name = module_ident(&folder).to_string();
                let other = seen.entry(name).or_insert_with(|| folder.clone());
                prop_assert_eq!(other, &folder);
            }
        }

        #[test]
        fn any_segment_has_a_url_module(segment in "\\PC{1,8}") {
            url_module_ident(&segment);
        }
    }
}
