use std::borrow::Cow;

use crate::cache::Name;

/// The tags of a value, each of them once. What cannot be one is left out, and logged.
pub(crate) fn names(tags: &[Cow<'static, str>]) -> Vec<Name> {
    let mut tags: Vec<&str> = tags.iter().map(|tag| &**tag).filter(|tag| is_tag(tag)).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.into_iter().map(Name::tag).collect()
}

fn is_tag(tag: &str) -> bool {
    let is_tag = Name::is_tag(tag);
    if !is_tag {
        let most = Name::LONGEST_TAG;
        tracing::warn!("a tag is empty or has more than {most} characters, and is left out");
    }
    is_tag
}
