/// A set of characters as sorted ranges, both ends included.
///
/// JavaScript's `\w`, `\d`, `\s` and `.` are spelt out here, because Rust's have Unicode in them (MT-23).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Class {
    ranges: Vec<(char, char)>,
    negated: bool,
}

const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const DIGIT: &[(char, char)] = &[('0', '9')];
/// ECMA-262 `WhiteSpace` and `LineTerminator`.
const SPACE: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];
/// ECMA-262 `LineTerminator`, which `.` does not match.
const LINE_END: &[(char, char)] = &[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

impl Class {
    pub(in super::super) fn of(chars: impl IntoIterator<Item = char>) -> Self {
        let mut class = Self::default();
        chars.into_iter().for_each(|character| class.add(character, character));
        class
    }

    /// `.`
    pub(super) fn any() -> Self {
        Self { ranges: LINE_END.to_vec(), negated: true }
    }

    /// `\d`, `\w`, `\s` and their opposites in capitals.
    pub(super) fn shorthand(letter: char) -> Option<Self> {
        let ranges = match letter.to_ascii_lowercase() {
            'd' => DIGIT,
            'w' => WORD,
            's' => SPACE,
            _ => return None,
        };
        Some(Self { ranges: ranges.to_vec(), negated: letter.is_ascii_uppercase() })
    }

    /// `\w`
    pub(super) fn word() -> Self {
        Self { ranges: WORD.to_vec(), negated: false }
    }

    pub(in super::super) fn negated(mut self) -> Self {
        self.negated = !self.negated;
        self
    }

    pub(super) fn add(&mut self, first: char, last: char) {
        self.ranges.push((first, last));
    }

    /// Everything that `other` matches.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.ranges.extend(other.positive());
    }

    pub(super) fn contains(&self, character: char) -> bool {
        self.ranges.iter().any(|&(first, last)| (first..=last).contains(&character)) != self.negated
    }

    pub(super) fn is_negated(&self) -> bool {
        self.negated
    }

    /// The ranges as written, which a negated class excludes. `fold` adds the other case of ASCII letters.
    pub(super) fn written(&self, fold: bool) -> Vec<(char, char)> {
        let mut ranges = self.ranges.clone();
        if fold {
            for &(first, last) in &self.ranges {
                for (from, to) in [(b'a', b'z'), (b'A', b'Z')] {
                    let first = first.max(char::from(from));
                    let last = last.min(char::from(to));
                    if first <= last {
                        let swapped = |letter: char| char::from(letter as u8 ^ 0x20);
                        ranges.push((swapped(first), swapped(last)));
                    }
                }
            }
        }
        merged(ranges)
    }

    /// The ranges of the characters that match, for a class that is negated too.
    fn positive(&self) -> Vec<(char, char)> {
        let ranges = merged(self.ranges.clone());
        if !self.negated {
            return ranges;
        }
        let mut positive = Vec::new();
        let mut next = Some('\0');
        for (first, last) in ranges {
            if let (Some(from), Some(to)) = (next, before(first))
                && from <= to
            {
                positive.push((from, to));
            }
            next = after(last);
        }
        positive.extend(next.map(|from| (from, char::MAX)));
        positive
    }
}

fn merged(mut ranges: Vec<(char, char)>) -> Vec<(char, char)> {
    ranges.sort_unstable();
    let mut merged: Vec<(char, char)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(previous) if after(previous.1).is_none_or(|next| first <= next) => {
                previous.1 = previous.1.max(last);
            }
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// The next character, over the gap of the surrogates.
fn after(character: char) -> Option<char> {
    (character..=char::MAX).nth(1)
}

fn before(character: char) -> Option<char> {
    ('\0'..=character).nth_back(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mt_23_shorthands_are_those_of_javascript() {
        for (letter, inside, outside) in [
            ('d', "09", "a٣"),
            ('w', "azAZ09_", "-é"),
            ('s', " \t\u{a0}\u{2028}\u{feff}", "x\u{85}"),
            ('D', "a٣", "05"),
            ('W', "-é", "a_"),
            ('S', "x\u{85}", " \u{3000}"),
        ] {
            let class = Class::shorthand(letter).expect("a shorthand");
            let mut both = Class::default();
            both.add_all(&class);
            for class in [class, both] {
                assert!(inside.chars().all(|character| class.contains(character)), "{letter}");
                assert!(!outside.chars().any(|character| class.contains(character)), "{letter}");
            }
        }
        assert!(
            ["\n", "\r", "\u{2028}", "\u{2029}"]
                .iter()
                .all(|end| !Class::any().contains(end.chars().next().expect("a character")))
        );
        assert!(Class::any().contains('é') && Class::any().contains('\u{85}'));
    }

    #[test]
    fn folding_adds_the_other_case_of_ascii_letters_only() {
        let mut class = Class::default();
        class.add('X', 'c');
        assert_eq!(class.written(true), [('A', 'C'), ('X', 'c'), ('x', 'z')]);
        assert_eq!(Class::of("ék".chars()).written(true), [('K', 'K'), ('k', 'k'), ('é', 'é')]);
    }
}
