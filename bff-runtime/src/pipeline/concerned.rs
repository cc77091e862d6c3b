use super::index::{Hits, Table};

/// The rules that may concern a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Concerned<'t> {
    /// By the path below the base path.
    pub(super) below: Hits<'t>,
    /// By the whole path.
    pub(super) whole: Hits<'t>,
}

impl<'t> Concerned<'t> {
    /// Those of a table.
    pub(super) fn by(self, table: Table) -> InOrder<'t> {
        InOrder { below: self.below.of(table), whole: self.whole.of(table) }
    }
}

/// Rules of one table, by number, in the order of the file.
#[derive(Clone, Debug)]
pub(super) struct InOrder<'t> {
    below: &'t [usize],
    whole: &'t [usize],
}

impl InOrder<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.below.is_empty() && self.whole.is_empty()
    }

    /// Those that stand behind this one.
    #[must_use]
    pub(super) fn beyond(self, rule: usize) -> Self {
        let rest = |rules: &'_ [usize]| rules.partition_point(|&other| other <= rule);
        Self { below: &self.below[rest(self.below)..], whole: &self.whole[rest(self.whole)..] }
    }
}

impl Iterator for InOrder<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let next = match (self.below.first(), self.whole.first()) {
            (Some(below), Some(whole)) if whole < below => &mut self.whole,
            (None, _) => &mut self.whole,
            _ => &mut self.below,
        };
        next.split_off_first().copied()
    }
}
