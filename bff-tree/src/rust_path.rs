use syn::{Path, parse::Parser as _};

/// True for a path of Rust as text, `crate::keys::tenant`, without generics.
pub(crate) fn is_rust_path(text: &str) -> bool {
    // The compiler's lexer reports what it cannot read by itself, so it is given nothing but words.
    let is_words = text.split("::").all(|segment| {
        let word = segment.strip_prefix("r#").unwrap_or(segment);
        let mut letters = word.chars();
        letters.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
            && letters.all(unicode_ident::is_xid_continue)
    });
    is_words && Path::parse_mod_style.parse_str(text).is_ok()
}

/// Where nothing is in scope, a path begins at the root of the crate.
pub(crate) fn is_of_the_crate(path: &str) -> bool {
    path.starts_with("crate::")
}
