use super::{
    fields::{Fields, Value, string},
    listed::Listed,
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

const FORM: &str = "write `require = \"user\"`, `require = \"fn crate::auth::admin\"`, or several of them in brackets";

const REQUIRE: Listed = Listed {
    key: "require",
    form: FORM,
    nothing: (
        Code::ConfigValue,
        "`require` asks for nothing",
        "write `require = \"none\"` to take away what wider rules require",
    ),
};

/// `require` of a rule as paths of functions: one, several, or `"none"`. What is wrong is reported and left out.
pub(super) fn require(fields: &Fields<'_>, page: &mut Page<'_>) -> Option<Setting<Vec<String>>> {
    REQUIRE.read(fields, page, requirement)
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
