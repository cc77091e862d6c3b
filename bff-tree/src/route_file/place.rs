use proc_macro2::LineColumn;

use crate::Location;

/// The file that is read.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Place<'_> {
    pub(super) fn at(self, offset: usize) -> Location {
        Location::at(self.file, self.text, offset)
    }
}

/// Byte offset of a position that the fallback parser gave. Inside a macro every position is the macro call's,
/// but there the attribute reports these mistakes and nobody reads the offset.
pub(super) fn offset_of(text: &str, position: LineColumn) -> usize {
    let line_start: usize =
        text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(line_start..).unwrap_or("");
    line_start + line.chars().take(position.column).map(char::len_utf8).sum::<usize>()
}
