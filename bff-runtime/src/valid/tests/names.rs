use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{request::Pointer, valid::names::in_names_of_client};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "only its names count")]
struct Order {
    order_id: u32,
    line_items: Vec<LineItem>,
    ship_to: Option<Box<Address>>,
    by_day: BTreeMap<String, LineItem>,
    by_number: BTreeMap<u8, LineItem>,
    pair: (LineItem, Address),
    wrapped: Wrapped,
    #[serde(rename = "kind")]
    r#type: String,
    via: Raw,
    speed: Speed,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its names count")]
struct LineItem {
    unit_price: u32,
    ship_to: Option<Address>,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "only its names count")]
struct Address {
    street_name: String,
    r#type: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only its names count")]
struct Wrapped(LineItem);

#[derive(Deserialize)]
#[serde(from = "LineItem")]
struct Raw;

impl From<LineItem> for Raw {
    fn from(_: LineItem) -> Self {
        Self
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only its names count")]
enum Speed {
    Fast { max_price: u32 },
}

fn named(pointer: &str) -> String {
    let mut place = Pointer::default();
    place.extend(pointer);
    in_names_of_client::<Plain>(&place).to_string()
}

/// Without the flattened field, which hides the others from serde's own words.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its names count")]
struct Plain {
    order_id: u32,
    line_items: Vec<LineItem>,
    ship_to: Option<Box<Address>>,
    by_day: BTreeMap<String, LineItem>,
    by_number: BTreeMap<u8, LineItem>,
    pair: (LineItem, Address),
    wrapped: Wrapped,
    #[serde(rename = "kind")]
    r#type: String,
    via: Raw,
    speed: Speed,
}

#[test]
fn a_pointer_takes_the_names_that_serde_has() {
    for (pointer, expected) in [
        ("", ""),
        ("/order_id", "/orderId"),
        ("/orderId", "/orderId"),
        ("/line_items/7/unit_price", "/lineItems/7/unit-price"),
        ("/line_items/7/ship_to/street_name", "/lineItems/7/ship-to/STREET_NAME"),
        ("/ship_to/r#type", "/shipTo/TYPE"),
        ("/by_day/a_b~1c/unit_price", "/byDay/a_b~1c/unit-price"),
        ("/pair/0/unit_price", "/pair/0/unit-price"),
        ("/wrapped/unit_price", "/wrapped/unit-price"),
        ("/via/unit_price", "/via/unit-price"),
        // Beyond what serde tells, the names stay.
        ("/pair/1/street_name", "/pair/1/street_name"),
        ("/by_number/x/unit_price", "/byNumber/x/unit_price"),
        ("/speed/max_price", "/speed/max_price"),
        ("/type", "/type"),
        ("/nowhere/at_all", "/nowhere/at_all"),
        ("/order_id/deeper_still", "/orderId/deeper_still"),
        ("/line_items", "/lineItems"),
    ] {
        assert_eq!(named(pointer), expected, "{pointer}");
    }
}

#[test]
fn a_pointer_below_what_is_flattened_keeps_its_names() {
    let mut place = Pointer::default();
    place.extend("/line_items/0/unit_price");
    let found = in_names_of_client::<Order>(&place);
    assert_eq!(found.as_str(), "/line_items/0/unit_price");
}
