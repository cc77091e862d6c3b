use super::{
    fields::{Fields, Value, string},
    model::Setting,
    page::Page,
    text::Text,
};
use crate::{
    Code,
    attribute::{nearest_requirement, requirement_named},
    quantity::NONE,
    rust_path::{is_of_the_crate, is_rust_path},
};

const KEY: &str = "require";

const FORM: &str = "write `require = \"user\"`, `require = \"fn crate::auth::admin\"`, or several of them in brackets";

/// `require` of a rule as paths of functions: one, several, or `"none"`. What is wrong is reported and left out.
pub(super) fn require(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Setting<Vec<String>>> {
    let value = fields.get(KEY)?;
    let place = page.place(fields.key_at(KEY)?.start);
    let items = match value.get_ref().as_str() {
        Some(NONE) => return Some(Setting { value: Vec::new(), place }),
        Some(_) => std::slice::from_ref(value),
        None => fields.items(KEY, FORM, page),
    };
    if value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
        let help = "write `require = \"none\"` to take away what wider rules require";
        page.mistake(Code::ConfigValue, value.span(), "`require` asks for nothing", help);
        return None;
    }
    let read: Vec<_> = items.iter().map(|item| requirement(item, page)).collect();
    // After a mistake in one, the others are still read for theirs.
    let value: Option<Vec<_>> = read.into_iter().collect();
    Some(Setting { value: value.filter(|paths| !paths.is_empty())?, place })
}

fn requirement(item: &Value<'_>, page: &mut Page<'_>) -> Option<String> {
    let Text { value: text, at } = string(item, FORM, page)?;
    let (message, help) = match text.strip_prefix("fn ").map(str::trim) {
        Some(path) if !is_rust_path(path) => (
            format!("`{path}` is no path of a function"),
            "write it as in Rust: `\"fn crate::auth::admin\"`".to_owned(),
        ),
        Some(path) if is_of_the_crate(path) => return Some(path.to_owned()),
        Some(path) => (
            format!("`{path}` is not named from the root of the crate"),
            format!("write the whole path: `\"fn crate::{path}\"`"),
        ),
        None => match requirement_named(text) {
            Some(path) => return Some(path.to_owned()),
            None => (format!("there is no requirement `{text}`"), help(text)),
        },
    };
    page.mistake(Code::ConfigValue, at, message, help);
    None
}

fn help(text: &str) -> String {
    if text == NONE {
        return "`\"none\"` stands alone: `require = \"none\"`".to_owned();
    }
    if is_rust_path(text) && text.contains("::") {
        return format!("write `\"fn {text}\"`");
    }
    match nearest_requirement(text) {
        Some(near) => format!("did you mean `\"{near}\"`?"),
        None => {
            "write `\"user\"`, or name a function of yours: `\"fn crate::auth::admin\"`".to_owned()
        }
    }
}
