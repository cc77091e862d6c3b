/// Where the bytes of a string's value stand in the literal that it is written as: pairs of offsets, in the value and
/// in the literal, from which on both advance alike. Never empty.
pub(crate) struct Marks(Vec<(usize, usize)>);

impl Marks {
    /// For a value that is written as it is, from this place on.
    pub(crate) fn plain(at: usize) -> Self {
        Self(vec![(0, at)])
    }

    /// For a value with escapes, from this place on. `escape` tells how long the escape at the start of a text is, and
    /// the text that it stands for.
    pub(crate) fn escaped(
        written: &str,
        mut at: usize,
        escape: impl Fn(&str) -> (usize, usize),
    ) -> Self {
        let mut value = 0;
        let mut marks = vec![(value, at)];
        while let Some(character) = written[at..].chars().next() {
            if character != '\\' {
                value += character.len_utf8();
                at += character.len_utf8();
                continue;
            }
            let (length, stands_for) = escape(&written[at..]);
            at += length;
            value += stands_for;
            marks.push((value, at));
        }
        Self(marks)
    }

    /// The place in the literal of this byte of the value.
    pub(crate) fn place(&self, offset: usize) -> usize {
        let after = self.0.partition_point(|&(value, _)| value <= offset);
        let (value, place) = self.0[after.saturating_sub(1)];
        // Between two marks each byte stands for itself.
        place + (offset - value)
    }
}
