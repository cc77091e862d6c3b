/// The addresses that a sitemap does without.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftOut {
    count: usize,
    first: String,
}

impl LeftOut {
    pub(super) fn note(&mut self, address: &str) {
        if self.count == 0 {
            address.clone_into(&mut self.first);
        }
        self.count += 1;
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// One line for all of them: a crawler comes often, and a table may have many.
    pub(super) fn log(&self) {
        if self.count > 0 {
            tracing::warn!(
                count = self.count,
                first = self.first,
                "a sitemap does without addresses that are no whole URLs"
            );
        }
    }
}
