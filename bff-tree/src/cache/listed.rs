use super::CacheMistake;

/// What the texts of a list are, each of it once, with its place. What is wrong is told with its place, which is that of
/// the `whole` list when there is nothing in it.
pub(crate) fn listed<T: PartialEq, P>(
    key: &str,
    texts: Vec<(String, P)>,
    whole: P,
    read: impl Fn(&str) -> Result<T, CacheMistake>,
    mut wrong: impl FnMut(CacheMistake, P),
) -> Vec<(T, P)> {
    if texts.is_empty() {
        let message = format!("there is nothing in `{key}`");
        wrong(CacheMistake::new(message, "name something, or remove the key"), whole);
    }
    let mut list: Vec<(T, P)> = Vec::new();
    for (text, place) in texts {
        match read(&text) {
            Ok(value) if list.iter().any(|(other, _)| *other == value) => {
                let message = format!("`{text}` is there twice");
                wrong(CacheMistake::new(message, "remove one of them"), place);
            }
            Ok(value) => list.push((value, place)),
            Err(mistake) => wrong(mistake, place),
        }
    }
    list
}
