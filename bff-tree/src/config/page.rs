use std::ops::Range;

use super::text::{Text, place_in_file};
use crate::{Code, Diagnostic, Diagnostics, Excerpt, Location, path_pattern::PatternMistake};

/// The file as it is read: its text, and where mistakes in it go.
pub(super) struct Page<'a> {
    path: &'a str,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Page<'a> {
    pub(super) fn new(path: &'a str, text: &'a str, diagnostics: &'a mut Diagnostics) -> Self {
        Self { path, text, diagnostics }
    }

    /// Reports a mistake at these bytes of the file.
    pub(super) fn mistake(
        &mut self,
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        let place = self.place(at.start);
        let diagnostic = self.diagnostics.tree(code, place, message, help);
        diagnostic.excerpt = Some(Excerpt::of(self.text, at));
        diagnostic
    }

    /// Reports a mistake inside a string of the file.
    pub(super) fn mistake_in(&mut self, text: &Text<'_>, mistake: PatternMistake) {
        let at = place_in_file(self.text, text, mistake.at);
        self.mistake(mistake.code, at, mistake.message, mistake.help);
    }

    /// The line and column of a byte of the file.
    pub(super) fn place(&self, at: usize) -> Location {
        Location::at(self.path, self.text, self.text.floor_char_boundary(at))
    }

    /// How many mistakes have been reported, of this file and of others.
    pub(super) fn mistakes(&self) -> usize {
        self.diagnostics.len()
    }
}
