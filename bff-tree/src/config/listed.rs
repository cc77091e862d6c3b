use super::{
    fields::{Fields, Value},
    model::Setting,
    page::Page,
};
use crate::{Code, quantity::NONE};

/// A key that takes one value, several in brackets, or `"none"`, which is an empty list.
pub(super) struct Listed {
    pub(super) key: &'static str,
    /// How it is written.
    pub(super) form: &'static str,
    /// The mistake of empty brackets: its code, what is wrong, and what to write.
    pub(super) nothing: (Code, &'static str, &'static str),
}

impl Listed {
    /// What is wrong is reported and left out; after a mistake in one item the others are still read for theirs.
    pub(super) fn read<T>(
        &self,
        fields: &Fields<'_>,
        page: &mut Page<'_>,
        mut read: impl FnMut(&Value<'_>, &mut Page<'_>) -> Option<T>,
    ) -> Option<Setting<Vec<T>>> {
        let value = fields.get(self.key)?;
        let place = page.place(fields.key_at(self.key)?.start);
        let items = match value.get_ref().as_str() {
            Some(NONE) => return Some(Setting { value: Vec::new(), place }),
            Some(_) => std::slice::from_ref(value),
            None => fields.items(self.key, self.form, page),
        };
        if value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
            let (code, message, help) = self.nothing;
            page.mistake(code, value.span(), message, help);
        }
        let items: Vec<Option<T>> = items.iter().map(|item| read(item, page)).collect();
        let value: Option<Vec<T>> = items.into_iter().collect();
        Some(Setting { value: value.filter(|items| !items.is_empty())?, place })
    }
}
