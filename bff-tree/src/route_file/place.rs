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
