//! URL paths and the names of files.

use std::path::{Component, Path};

use crate::routing::url_rest;

/// What a folder is asked for.
pub(super) const INDEX: &str = "index.html";

/// The name of the file for these decoded path segments (EX-02, RH-330), with `/` between names.
///
/// # Errors
/// When there is no such file: what is wrong with the segment.
pub(super) fn file_name<'s>(segments: impl IntoIterator<Item = &'s str>) -> Result<String, String> {
    let mut name = String::new();
    for segment in segments {
        refuse(segment)?;
        if !name.is_empty() {
            name.push('/');
        }
        name.push_str(segment);
    }
    Ok(name)
}

/// A name that leads elsewhere, or that is none.
fn refuse(segment: &str) -> Result<(), String> {
    let reason = match segment {
        "" => "it is empty",
        "." | ".." => "it would lead out of its folder",
        _ if segment.contains('/') => "it has a slash in it",
        _ if segment.contains('\0') => "it has a NUL in it",
        // On systems where more than a slash leads elsewhere.
        _ if Path::new(segment).components().ne([Component::Normal(segment.as_ref())]) => {
            "it would lead out of its folder"
        }
        _ => return Ok(()),
    };
    Err(format!("`{}` can be no name of a file: {reason}", segment.escape_debug()))
}

/// The path of the URL, encoded.
pub(super) fn url_path<'s>(segments: impl IntoIterator<Item = &'s str>) -> String {
    url_rest(&[""], &[], segments.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ex_02_rh_330_the_path_of_a_url_is_the_name_of_its_file_decoded() {
        for (segments, file, path) in [
            (&["a"][..], "a", "/a"),
            (&["r", "data.json"], "r/data.json", "/r/data.json"),
            (&["p", "a b"], "p/a b", "/p/a%20b"),
            (&["p", "x.json"], "p/x.json", "/p/x.json"),
            (&["日本", "100%"], "日本/100%", "/%E6%97%A5%E6%9C%AC/100%25"),
            (&["[id]", "a?b#c"], "[id]/a?b#c", "/%5Bid%5D/a%3Fb%23c"),
            (&[".well-known", "x"], ".well-known/x", "/.well-known/x"),
            (&["..."], "...", "/..."),
        ] {
            assert_eq!(file_name(segments.iter().copied()).as_deref(), Ok(file));
            assert_eq!(url_path(segments.iter().copied()), path);
        }
    }

    #[test]
    fn ex_02_a_name_that_leads_elsewhere_is_refused() {
        for (segment, reason) in [
            ("", "it is empty"),
            (".", "it would lead out of its folder"),
            ("..", "it would lead out of its folder"),
            ("a/b", "it has a slash in it"),
            ("../../etc/passwd", "it has a slash in it"),
            ("a\0.html", "it has a NUL in it"),
        ] {
            let refused = file_name(["p", segment]).expect_err(segment);
            assert!(refused.ends_with(reason), "{refused}");
        }
    }
}
