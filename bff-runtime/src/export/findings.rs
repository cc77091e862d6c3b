use super::Mistake;

/// What was found on the way; nothing stops at the first of it.
#[derive(Debug, Default)]
pub(super) struct Findings {
    allow_unsupported: bool,
    pub(super) mistakes: Vec<Mistake>,
    /// What the files will not have.
    pub(super) warnings: Vec<Mistake>,
}

impl Findings {
    pub(super) fn new(allow_unsupported: bool) -> Self {
        Self { allow_unsupported, ..Self::default() }
    }

    /// Keeps the app from being exported.
    pub(super) fn refuse(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    /// Only a server can do it, so it is left out when that is allowed.
    pub(super) fn unsupported(&mut self, mistake: Mistake) {
        let mistake = Mistake { is_unsupported: true, ..mistake };
        if self.allow_unsupported { &mut self.warnings } else { &mut self.mistakes }.push(mistake);
    }

    /// The files are right, and not all that the server has.
    pub(super) fn warn(&mut self, mistake: Mistake) {
        self.warnings.push(mistake);
    }
}
