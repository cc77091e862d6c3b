/// The path below a base path, compared by whole segments (BP-02); `None` outside of it.
///
/// The base itself is `/`, with and without a slash at its end, so that a source matches the root of a based app
/// exactly when it matches the root of any other (MT-16).
///
/// ```
/// use bff::__private::matching::without_base;
///
/// assert_eq!(without_base("/docs/a", "/docs"), Some("/a"));
/// assert_eq!(without_base("/docs", "/docs"), Some("/"));
/// assert_eq!(without_base("/docsx", "/docs"), None);
/// ```
pub fn without_base<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    match path.strip_prefix(base)? {
        "" => Some("/"),
        rest if rest.starts_with('/') => Some(rest),
        _ => None,
    }
}
