/// The candidate that `word` was most likely meant to be, if any is near enough.
///
/// A candidate is near when at most a third of its letters (at least one) differ, compared without regard to
/// case; the nearest wins, the first of equals.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            let distance = edit_distance(&word, &letters);
            (distance <= (letters.len() / 3).max(1)).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Damerau–Levenshtein distance in its restricted form: insert, delete, replace, swap neighbours.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut current = vec![i];
        for j in 1..=b.len() {
            let substitution = previous[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substitution.min(previous[j] + 1).min(current[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_candidate_is_suggested_and_a_far_one_is_not() {
        let params = ["id", "slug", "comment_id"];
        for (word, expected) in [
            ("idd", Some("id")),
            ("ID", Some("id")),
            ("slgu", Some("slug")),
            ("commentid", Some("comment_id")),
            ("page", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, params), expected, "{word}");
        }
    }
}
