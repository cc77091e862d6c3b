/// A file name that can be joined to a folder: the last component of what the client sent, without what a file
/// system or a terminal could take for something else. `None` when nothing is left.
pub(super) fn safe_file_name(name: &str) -> Option<String> {
    // Both kinds of slashes, wherever this runs: the name may travel further.
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe: String = last
        .chars()
        .filter(|char| !char.is_control() && !is_invisible(*char))
        .map(|char| if r#"<>:"|?*"#.contains(char) { '_' } else { char })
        .collect();
    // Windows drops blanks and dots at the end, so that `x.` would be `x`; a dot at the beginning hides a file, or
    // makes it `.htaccess`.
    const EDGES: [char; 2] = ['.', ' '];
    let safe = shortened(safe.trim_matches(EDGES));
    let safe = safe.trim_end_matches(EDGES);
    if safe.is_empty() {
        return None;
    }
    let stem = safe.split('.').next().unwrap_or_default().trim_end();
    Some(if is_device(stem) { format!("_{safe}") } else { safe.to_owned() })
}

/// Names longer than 255 bytes cannot be stored; the extension is kept.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 200;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let extension = name.rfind('.').map_or("", |dot| &name[dot..]);
    let extension = if extension.len() <= 20 { extension } else { "" };
    let mut end = LONGEST - extension.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{extension}", &name[..end])
}

/// What Windows takes for a device, with any extension.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered = |name: &str| {
        let number = stem.strip_prefix(name);
        number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Characters that change how the rest is shown, such as the override that makes `exe.png` of `gnp.exe`.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rh_109_a_file_name_is_the_clients_word_and_made_safe() {
        for (name, safe) in [
            ("photo.jpg", Some("photo.jpg")),
            ("grüße 日本.txt", Some("grüße 日本.txt")),
            ("../../etc/passwd", Some("passwd")),
            ("/etc/passwd", Some("passwd")),
            (r"C:\Users\me\photo.jpg", Some("photo.jpg")),
            (r"..\..\boot.ini", Some("boot.ini")),
            ("a\0b\r\n\u{1b}[31m.txt", Some("ab[31m.txt")),
            ("\u{202e}gnp.exe", Some("gnp.exe")),
            (".htaccess", Some("htaccess")),
            ("...", None),
            ("..", None),
            ("a/", None),
            ("", None),
            ("  ", None),
            ("x. . ", Some("x")),
            ("a<b>:\"|?*", Some("a_b______")),
            ("NUL", Some("_NUL")),
            ("con.txt", Some("_con.txt")),
            ("com1", Some("_com1")),
            ("common.txt", Some("common.txt")),
        ] {
            assert_eq!(safe_file_name(name).as_deref(), safe, "{name:?}");
        }
        let long = safe_file_name(&format!("{}.tar.gz", "é".repeat(300))).unwrap();
        assert!(long.len() <= 200 && long.ends_with(".gz"), "{long}");
    }

    proptest! {
        #[test]
        fn a_safe_name_stays_in_its_folder(name in ".*") {
            if let Some(safe) = safe_file_name(&name) {
                let path = std::path::Path::new("/uploads").join(&safe);
                prop_assert_eq!(path.parent(), Some(std::path::Path::new("/uploads")));
                prop_assert!(!safe.chars().any(char::is_control));
                prop_assert!(safe.len() <= 255);
                prop_assert_eq!(safe.trim_matches(['.', ' ']), &safe);
                prop_assert_eq!(safe_file_name(&safe), Some(safe.clone()), "it is what it is");
            }
        }
    }
}
