use std::borrow::Cow;

use crate::cache::Name;

/// More characters make no tag (RH-297).
const LONGEST: usize = 256;

/// The tags of a value, each of them once. What cannot be one is left out, and logged.
pub(crate) fn names(tags: &[Cow<'static, str>]) -> Vec<Name> {
    let mut tags: Vec<&str> = tags.iter().map(|tag| &**tag).filter(|tag| is_tag(tag)).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.into_iter().map(Name::tag).collect()
}

fn is_tag(tag: &str) -> bool {
    let is_tag = !tag.is_empty() && tag.chars().take(LONGEST + 1).count() <= LONGEST;
    if !is_tag {
        tracing::warn!("a tag is empty or has more than {LONGEST} characters, and is left out");
    }
    is_tag
}
