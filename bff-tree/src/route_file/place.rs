use crate::Location;

/// The file that is read.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Place<'_> {
    pub(crate) fn at(self, offset: usize) -> Location {
        Location::at(self.file, self.text, offset)
    }
}
