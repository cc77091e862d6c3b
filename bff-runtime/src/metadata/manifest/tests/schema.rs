//! What the specification of the W3C asks of the members, as a table of our own.

use serde_json::{Value, json};

use super::full;

/// What a value has to be.
enum Shape {
    Text,
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Words of these, with spaces between them.
    Words(&'static [&'static str]),
    /// `any`, or widths and heights.
    Sizes,
    List(&'static Shape),
    /// A list, or one thing of it.
    OneOrMore(&'static Shape),
    /// Members that are known, and whether they have to be there; there are no others.
    Object(&'static [(&'static str, bool, Shape)]),
    /// From types of content to lists of text.
    Accept,
}

use Shape::{Accept, Flag, List, Object, OneOrMore, Sizes, Text, Word, Words};

const DISPLAY: &[&str] = &["fullscreen", "standalone", "minimal-ui", "browser"];
const DISPLAY_OVERRIDE: Shape =
    Word(&["fullscreen", "standalone", "minimal-ui", "browser", "window-controls-overlay"]);
const ORIENTATION: &[&str] = &[
    "any",
    "natural",
    "landscape",
    "landscape-primary",
    "landscape-secondary",
    "portrait",
    "portrait-primary",
    "portrait-secondary",
];
const IMAGE: Shape = Object(&[
    ("src", true, Text),
    ("sizes", false, Sizes),
    ("type", false, Text),
    ("purpose", false, Words(&["any", "maskable", "monochrome"])),
]);
const SCREENSHOT: Shape = Object(&[
    ("src", true, Text),
    ("sizes", false, Sizes),
    ("type", false, Text),
    ("label", false, Text),
    ("form_factor", false, Word(&["narrow", "wide"])),
    ("platform", false, Text),
]);
const SHORTCUT: Shape = Object(&[
    ("name", true, Text),
    ("short_name", false, Text),
    ("description", false, Text),
    ("url", true, Text),
    ("icons", false, List(&IMAGE)),
]);
const SHARED_FILE: Shape = Object(&[("name", true, Text), ("accept", true, OneOrMore(&Text))]);
const PARAMS: Shape = Object(&[
    ("title", false, Text),
    ("text", false, Text),
    ("url", false, Text),
    ("files", false, OneOrMore(&SHARED_FILE)),
]);
const FILE_HANDLER: Shape = Object(&[("action", true, Text), ("accept", true, Accept)]);
const PROTOCOL_HANDLER: Shape = Object(&[("protocol", true, Text), ("url", true, Text)]);
const CLIENT_MODE: Shape = Word(&["auto", "navigate-new", "navigate-existing", "focus-existing"]);
const RELATED: Shape =
    Object(&[("platform", true, Text), ("url", false, Text), ("id", false, Text)]);
const MANIFEST: Shape = Object(&[
    ("name", false, Text),
    ("short_name", false, Text),
    ("description", false, Text),
    ("id", false, Text),
    ("start_url", false, Text),
    ("scope", false, Text),
    ("lang", false, Text),
    ("dir", false, Word(&["ltr", "rtl", "auto"])),
    ("display", false, Word(DISPLAY)),
    ("display_override", false, List(&DISPLAY_OVERRIDE)),
    ("orientation", false, Word(ORIENTATION)),
    ("background_color", false, Text),
    ("theme_color", false, Text),
    ("categories", false, List(&Text)),
    ("icons", false, List(&IMAGE)),
    ("screenshots", false, List(&SCREENSHOT)),
    ("shortcuts", false, List(&SHORTCUT)),
    (
        "share_target",
        false,
        Object(&[
            ("action", true, Text),
            ("method", false, Word(&["GET", "POST"])),
            ("enctype", false, Word(&["application/x-www-form-urlencoded", "multipart/form-data"])),
            ("params", true, PARAMS),
        ]),
    ),
    ("file_handlers", false, List(&FILE_HANDLER)),
    ("protocol_handlers", false, List(&PROTOCOL_HANDLER)),
    ("launch_handler", false, Object(&[("client_mode", false, OneOrMore(&CLIENT_MODE))])),
    ("related_applications", false, List(&RELATED)),
    ("prefer_related_applications", false, Flag),
]);

/// Where the value is not what it should be.
fn mistakes(value: &Value, shape: &Shape, place: &str, found: &mut Vec<String>) {
    let word = |words: &[&str]| value.as_str().is_some_and(|word| words.contains(&word));
    let is_size = |size: &str| {
        size == "any"
            || size.split_once('x').is_some_and(|(width, height)| {
                [width, height].iter().all(|it| it.parse::<u32>().is_ok_and(|it| it > 0))
            })
    };
    let all = |is_one: &dyn Fn(&str) -> bool| {
        value.as_str().is_some_and(|text| !text.is_empty() && text.split(' ').all(is_one))
    };
    let holds = match shape {
        Text => value.is_string(),
        Flag => value.is_boolean(),
        Word(words) => word(words),
        Words(words) => all(&|word| words.contains(&word)),
        Sizes => all(&is_size),
        OneOrMore(shape) if !value.is_array() => return mistakes(value, shape, place, found),
        List(shape) | OneOrMore(shape) => match value.as_array() {
            Some(items) => {
                return items.iter().for_each(|item| mistakes(item, shape, place, found));
            }
            None => false,
        },
        Object(members) => match value.as_object() {
            Some(object) => {
                for name in object.keys().filter(|it| !members.iter().any(|(name, ..)| name == it))
                {
                    found.push(format!("{place}.{name}"));
                }
                for (name, required, shape) in *members {
                    match object.get(*name) {
                        Some(value) => mistakes(value, shape, &format!("{place}.{name}"), found),
                        None if *required => found.push(format!("{place}.{name}")),
                        None => {}
                    }
                }
                return;
            }
            None => false,
        },
        Accept => value.as_object().is_some_and(|types| {
            types.values().all(|it| it.as_array().is_some_and(|it| it.iter().all(Value::is_string)))
        }),
    };
    if !holds {
        found.push(place.to_owned());
    }
}

fn mistakes_in(manifest: &Value) -> Vec<String> {
    let mut found = Vec::new();
    mistakes(manifest, &MANIFEST, "", &mut found);
    found
}

#[test]
fn mdm_03_a_manifest_with_everything_holds_to_the_specification() {
    assert_eq!(mistakes_in(&serde_json::to_value(full()).unwrap()), [""; 0]);
}

#[test]
fn the_table_finds_what_is_wrong() {
    for (manifest, mistake) in [
        (json!({ "display": "tab" }), ".display"),
        (json!({ "icons": [{ "sizes": "1x1" }] }), ".icons.src"),
        (json!({ "icons": [{ "src": "a", "sizes": "0x1" }] }), ".icons.sizes"),
        (json!({ "icons": [{ "src": "a", "purpose": "" }] }), ".icons.purpose"),
        (json!({ "icons": {} }), ".icons"),
        (json!({ "share_target": { "action": "/", "params": [] } }), ".share_target.params"),
        (json!({ "launch_handler": { "client_mode": ["new"] } }), ".launch_handler.client_mode"),
        (json!({ "unknown": 1 }), ".unknown"),
        (json!({ "prefer_related_applications": "no" }), ".prefer_related_applications"),
    ] {
        assert_eq!(mistakes_in(&manifest), [mistake]);
    }
}
