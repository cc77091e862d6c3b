use super::{
    cors::texts,
    fields::{Fields, Keys, wrong_type},
    model::Setting,
    page::Page,
    text::Text,
};
use crate::{
    Code,
    csrf::{Csrf, ELSEWHERE, KEYS as NAMES, trusted_origin},
};

const KEYS: Keys = Keys { table: "`csrf`", known: NAMES, later: &[], elsewhere: ELSEWHERE };

const FORM: &str =
    "write `csrf = false`, or `csrf = { trusted_origins = [\"https://app.example.com\"] }`";

/// `csrf` of a table. What is wrong is reported and left out.
pub(super) fn csrf(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Setting<Csrf>> {
    let value = fields.get("csrf")?;
    let place = page.place(fields.key_at("csrf")?.start);
    if let Some(enabled) = value.get_ref().as_bool() {
        return Some(Setting { value: Csrf::switched(enabled), place });
    }
    if value.get_ref().as_table().is_none() {
        wrong_type(value, "true, false or a table", FORM, page);
        return None;
    }
    let table = Fields::of(value, FORM, page)?;
    table.check(&KEYS, page);
    let Some(origins) = table.get("trusted_origins") else {
        page.mistake(Code::ConfigRequired, table.at, "`csrf` lacks `trusted_origins`", FORM);
        return None;
    };
    let mut csrf = Csrf::switched(true);
    for said in texts(origins, page)? {
        match trusted_origin(&said.value) {
            Ok(origin) => csrf.trusted_origins.push(origin),
            Err(mistake) => page.mistake_in(&Text { value: &said.value, at: said.place }, mistake),
        }
    }
    Some(Setting { value: csrf, place })
}
