use super::{CacheError, Invalidation, Name, store};
use crate::policy::spelled;

/// A path has at most so many characters (RH-304).
const LONGEST_PATH: usize = 1024;

/// Marks every kept answer with this tag stale: the next request gets it once more, at once, and has it made anew
/// (RH-300). Nothing is made by the call itself.
///
/// For what may be seen a moment late. Where the next request has to see the change, as after a form was sent, there is
/// [`update_tag`]. A tag that no answer has is no error (RH-303). Tags are case-sensitive.
///
/// Change the data first, then revalidate. Caches of others, such as a CDN, are not told (RH-315).
///
/// ```
/// use bff::{Json, Result, cache};
/// # struct Post { id: u64 }
/// # async fn save(post: &Post) -> Result<()> { Ok(()) }
///
/// // #[put] in app/posts/[id]/route.rs
/// async fn change(post: Post) -> Result<()> {
///     save(&post).await?;
///     cache::revalidate_tag("posts").await?;
///     cache::update_tag(format!("post:{}", post.id)).await?;
///     Ok(())
/// }
/// ```
///
/// # Errors
/// When the tag is empty or has more than 256 characters, see [`CacheError::is_invalid`]; and when the store that
/// instances share cannot be reached, so that others have not heard of it.
pub async fn revalidate_tag(tag: impl AsRef<str> + Send) -> Result<(), CacheError> {
    give_up(name_of_tag(tag.as_ref())?, Invalidation::Stale).await
}

/// Gives up every kept answer with this tag: the next request waits for a new one (RH-301).
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// bff::cache::update_tag("posts").await?;
/// # Ok::<(), bff::cache::CacheError>(()) }).unwrap();
/// ```
///
/// # Errors
/// As [`revalidate_tag`].
pub async fn update_tag(tag: impl AsRef<str> + Send) -> Result<(), CacheError> {
    give_up(name_of_tag(tag.as_ref())?, Invalidation::Expire).await
}

/// Gives up the kept answers of one path, with whatever query: the next request waits for a new one (RH-304).
///
/// The path is as the app sees it, below a base path and after rewrites, escaped or not: `/posts/7`,
/// `/caf%C3%A9` or `/café`. A slash at its end makes no difference; upper and lower case do.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// bff::cache::revalidate_path("/posts/7").await?;
/// # Ok::<(), bff::cache::CacheError>(()) }).unwrap();
/// ```
///
/// # Errors
/// When it is no path: without a slash before it, with a query or a fragment, or of more than 1024 characters. As
/// [`revalidate_tag`] where a store is shared.
pub async fn revalidate_path(path: impl AsRef<str> + Send) -> Result<(), CacheError> {
    give_up(Name::path(&plain(path.as_ref())?), Invalidation::Expire).await
}

/// Gives up the kept answers of every path of a pattern (RH-305): `/posts/[id]` as the folders have it, or
/// `/posts/{id}` as [`Route::pattern`](crate::Route::pattern) does.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// bff::cache::revalidate_pattern("/posts/[id]").await?;
/// bff::cache::revalidate_pattern("/files/[...path]").await?;
/// # Ok::<(), bff::cache::CacheError>(()) }).unwrap();
/// ```
///
/// # Errors
/// As [`revalidate_path`].
pub async fn revalidate_pattern(pattern: impl AsRef<str> + Send) -> Result<(), CacheError> {
    let pattern = checked(pattern.as_ref())?;
    give_up(Name::pattern(&as_in_routes(pattern)), Invalidation::Expire).await
}

/// Gives up the kept answers of a path and of every path below it (RH-306). `/` is everything.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// bff::cache::revalidate_subtree("/docs").await?;
/// # Ok::<(), bff::cache::CacheError>(()) }).unwrap();
/// ```
///
/// # Errors
/// As [`revalidate_path`].
pub async fn revalidate_subtree(path: impl AsRef<str> + Send) -> Result<(), CacheError> {
    give_up(Name::below(&plain(path.as_ref())?), Invalidation::Expire).await
}

async fn give_up(name: Name, how: Invalidation) -> Result<(), CacheError> {
    store().mark(&[name], how).await
}

fn name_of_tag(tag: &str) -> Result<Name, CacheError> {
    let length = tag.chars().count();
    match length {
        0 => Err(CacheError::invalid("a tag is not empty")),
        1..=Name::LONGEST_TAG => Ok(Name::tag(tag)),
        _ => Err(CacheError::invalid(format!(
            "a tag has at most {} characters, and this one has {length}",
            Name::LONGEST_TAG
        ))),
    }
}

fn checked(path: &str) -> Result<&str, CacheError> {
    let length = path.chars().count();
    if length > LONGEST_PATH {
        let message =
            format!("a path has at most {LONGEST_PATH} characters, and this one has {length}");
        return Err(CacheError::invalid(message));
    }
    if !path.starts_with('/') {
        return Err(CacheError::invalid(format!(
            "`{path}` is no path: it does not begin with `/`"
        )));
    }
    if path.contains(['?', '#']) {
        let message = format!("`{path}` is more than a path: leave out the query and the fragment");
        return Err(CacheError::invalid(message));
    }
    Ok(path)
}

/// The path as entries are named by it.
fn plain(path: &str) -> Result<String, CacheError> {
    let path = checked(path)?;
    Ok(without_slash(&spelled(path)).to_owned())
}

/// A path without the slash at its end, which is in no name.
pub(crate) fn without_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("") | None => path,
        Some(path) => path,
    }
}

/// `/posts/{id}` for `/posts/[id]`.
fn as_in_routes(pattern: &str) -> String {
    let segments = without_slash(pattern).split('/').map(|segment| {
        let optional = segment.strip_prefix("[[...").and_then(|name| name.strip_suffix("]]"));
        let rest = segment.strip_prefix("[...").and_then(|name| name.strip_suffix(']'));
        let param = segment.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        match (optional.or(rest), param) {
            (Some(name), _) => format!("{{*{name}}}"),
            (None, Some(name)) => format!("{{{name}}}"),
            (None, None) => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_302_a_tag_has_one_to_256_characters() {
        for (tag, is_right) in
            [("posts", true), ("", false), (&"ü".repeat(256), true), (&"ü".repeat(257), false)]
        {
            assert_eq!(name_of_tag(tag).is_ok(), is_right, "{tag}");
        }
        assert_ne!(name_of_tag("Posts"), name_of_tag("posts"));
    }

    #[test]
    fn rh_304_a_path_is_named_without_its_last_slash_in_one_spelling() {
        for (path, expected) in [
            ("/posts/7", Ok("/posts/7")),
            ("/posts/7/", Ok("/posts/7")),
            ("/", Ok("/")),
            ("/caf\u{e9}", Ok("/caf%C3%A9")),
            ("/caf%c3%a9", Ok("/caf%C3%A9")),
            ("/%70osts", Ok("/posts")),
            ("posts", Err("`posts` is no path: it does not begin with `/`")),
            ("", Err("`` is no path: it does not begin with `/`")),
            ("/a?x=1", Err("`/a?x=1` is more than a path: leave out the query and the fragment")),
        ] {
            let found = plain(path).map_err(|error| error.to_string());
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{path}");
        }
        assert!(plain(&format!("/{}", "a".repeat(1023))).is_ok());
        assert!(plain(&format!("/{}", "a".repeat(1024))).is_err());
    }

    #[test]
    fn rh_305_a_pattern_has_the_spelling_of_folders_or_of_routes() {
        for (pattern, expected) in [
            ("/posts/[id]", "/posts/{id}"),
            ("/posts/{id}", "/posts/{id}"),
            ("/files/[...path]/", "/files/{*path}"),
            ("/shop/[[...filters]]", "/shop/{*filters}"),
            ("/", "/"),
            ("/a/b", "/a/b"),
        ] {
            assert_eq!(as_in_routes(pattern), expected);
        }
    }
}
