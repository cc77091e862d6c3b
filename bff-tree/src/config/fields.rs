use std::{borrow::Cow, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{page::Page, text::Text};
use crate::{Code, suggest};

/// A value with its place.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// The keys of one table of the file.
pub(super) struct Fields<'a> {
    table: &'a DeTable<'a>,
    /// The table as a whole, or its heading.
    pub(super) at: Range<usize>,
}

/// The keys that a table may have.
pub(super) struct Keys {
    /// The table as a user writes it: `[[redirects]]`.
    pub(super) table: &'static str,
    /// Those that are acted on.
    pub(super) known: &'static [&'static str],
    /// Those that mean something, which this version does not act on.
    pub(super) later: &'static [&'static str],
    /// What other stacks call a key, or where people look for it, and what to write instead.
    pub(super) elsewhere: &'static [(&'static str, &'static str)],
}

impl<'a> Fields<'a> {
    /// The keys of the whole file.
    pub(super) fn of_file(table: &'a DeTable<'a>) -> Self {
        Self { table, at: 0..0 }
    }

    /// The keys of a value, which must be a table (VA-02).
    pub(super) fn of(value: &'a Value<'a>, form: &str, page: &mut Page<'_>) -> Option<Self> {
        match value.get_ref().as_table() {
            Some(table) => Some(Self { table, at: value.span() }),
            None => {
                wrong_type(value, "a table", form, page);
                None
            }
        }
    }

    /// Reports every key that is not one of `keys` (CF-02, VA-10).
    pub(super) fn check(&self, keys: &Keys, page: &mut Page<'_>) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if keys.known.contains(&name) {
                continue;
            }
            if keys.later.contains(&name) {
                page.mistake(
                    Code::ConfigUnsupported,
                    key.span(),
                    format!("this version of bff does not act on `{name}` in {} yet", keys.table),
                    "remove it; until then, what it would say is said in code",
                );
                continue;
            }
            let help = match keys.elsewhere.iter().find(|(other, _)| *other == name) {
                Some((_, help)) => Cow::Borrowed(*help),
                None => match suggest::nearest(name, keys.known.iter().copied()) {
                    Some(nearest) => format!("did you mean `{nearest}`?").into(),
                    None => format!("there are `{}`", keys.known.join("`, `")).into(),
                },
            };
            page.mistake(
                Code::ConfigKey,
                key.span(),
                format!("{} has no key `{name}`", keys.table),
                help,
            );
        }
    }

    /// The place of a key, for what is wrong with its being there.
    pub(super) fn key_at(&self, key: &str) -> Option<Range<usize>> {
        self.table.get_key_value(key).map(|(key, _)| key.span())
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.table.get(key)
    }

    /// All keys with their values, where any key may be.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Text<'a>, &'a Value<'a>)> {
        self.table.iter().map(|(key, value)| (Text { value: key.get_ref(), at: key.span() }, value))
    }

    /// A string that may be absent.
    pub(super) fn string(&self, key: &str, page: &mut Page<'_>) -> Option<Text<'a>> {
        let value = self.get(key)?;
        string(value, &format!("write `{key} = \"…\"`"), page)
    }

    /// A string that must be there (VA-03, VA-05).
    pub(super) fn required(
        &self,
        key: &str,
        table: &str,
        help: &str,
        page: &mut Page<'_>,
    ) -> Option<Text<'a>> {
        if self.get(key).is_none() {
            page.mistake(
                Code::ConfigRequired,
                self.at.clone(),
                format!("{table} lacks `{key}`"),
                help,
            );
        }
        self.string(key, page)
    }

    /// True or false, if it is there.
    pub(super) fn boolean(&self, key: &str, page: &mut Page<'_>) -> Option<bool> {
        let value = self.get(key)?;
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            wrong_type(
                value,
                "true or false",
                &format!("write `{key} = true`, without quotes"),
                page,
            );
        }
        boolean
    }

    /// The items of an array, none when it is absent (VA-01).
    pub(super) fn items(&self, key: &str, form: &str, page: &mut Page<'_>) -> &'a [Value<'a>] {
        let Some(value) = self.get(key) else { return &[] };
        match value.get_ref().as_array() {
            Some(array) => array,
            None => {
                wrong_type(value, "an array", form, page);
                &[]
            }
        }
    }
}

/// The text of a value, which must be a string.
pub(super) fn string<'a>(
    value: &'a Value<'a>,
    help: &str,
    page: &mut Page<'_>,
) -> Option<Text<'a>> {
    match value.get_ref().as_str() {
        Some(text) => Some(Text { value: text, at: value.span() }),
        None => {
            wrong_type(value, "a string", help, page);
            None
        }
    }
}

/// Reports a value of another type than the one wanted.
pub(super) fn wrong_type(value: &Value<'_>, wanted: &str, help: &str, page: &mut Page<'_>) {
    let found = value.get_ref().type_str();
    page.mistake(
        Code::ConfigType,
        value.span(),
        format!("this is {} where {wanted} is wanted", with_article(found)),
        help,
    );
}

fn with_article(type_name: &str) -> String {
    let article = if type_name.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {type_name}")
}
