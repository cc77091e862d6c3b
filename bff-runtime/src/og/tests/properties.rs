use std::time::Instant;

use proptest::prelude::*;

use super::{
    clock::Clock,
    css::{Style, TextStyle},
    *,
};

/// Draws it here and now.
fn draw(image: Image) -> crate::Result<ImageResponse> {
    image.draw(Clock(Instant::now().checked_add(PATIENCE)))
}

fn value() -> impl Strategy<Value = String> {
    let words = [
        "0",
        "1",
        "-3",
        "50%",
        "1e4px",
        "-99999px",
        "12px",
        "0.001em",
        "100vw",
        "auto",
        "none",
        "red",
        "#0008",
        "to left",
        "rgb(",
        ")",
        "(",
        "\"",
        "linear-gradient(red, 10%, blue)",
        "radial-gradient(circle at 0 0, red, blue 5px)",
        "rotate(1turn)",
        "scale(0)",
        "hidden",
        "absolute",
        "column-reverse",
        "center",
        ",",
        "/",
        "1000",
        "wrap",
        "contain",
        "flex",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 1..5)
        .prop_map(|words| words.join(" "))
}

fn declarations() -> impl Strategy<Value = String> {
    let names = [
        "display",
        "position",
        "inset",
        "left",
        "width",
        "height",
        "min-width",
        "max-height",
        "aspect-ratio",
        "margin",
        "padding",
        "gap",
        "flex",
        "flex-direction",
        "flex-wrap",
        "align-items",
        "justify-content",
        "background",
        "border",
        "border-width",
        "border-radius",
        "box-shadow",
        "opacity",
        "overflow",
        "transform",
        "object-fit",
        "color",
        "font-family",
        "font-size",
        "font-weight",
        "line-height",
        "letter-spacing",
        "text-align",
        "text-shadow",
        "white-space",
        "line-clamp",
        "",
    ];
    let declaration = (prop::sample::select(names.to_vec()), value());
    prop::collection::vec(declaration, 0..4).prop_map(|declarations| {
        // What is not understood is left out, so that what is understood gets to be drawn.
        let is_known = |text: &String| Style::of(text, &TextStyle::initial(), (40.0, 30.0)).is_ok();
        let all = declarations.into_iter().map(|(name, value)| format!("{name}: {value}"));
        all.filter(is_known).collect::<Vec<_>>().join(";")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn mdo_05_any_text_is_drawn(words in ".{0,60}", style in declarations()) {
        let page = div([text(words)]).style(style);
        let drawn = draw(Image::new(page).size(40, 30)).unwrap();
        assert_eq!(drawn.format(), Format::Png);
    }

    #[test]
    fn mdo_06_any_declarations_are_drawn_or_refused(
        style in ".{0,40}", known in declarations(), inner in declarations(),
    ) {
        drop(draw(Image::new(div([]).style(style)).size(8, 8)));
        let page = div([text("a b").style(inner.clone()), div([div([]).style(known.clone())]).style(inner)]);
        drop(draw(Image::new(page.style(known)).size(40, 30)));
    }

    #[test]
    fn og_limits_any_bytes_are_a_picture_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(draw(Image::new(img(bytes.clone())).size(8, 8)));
        drop(draw(Image::new(text("a")).font(bytes).size(8, 8)));
    }
}
