use image::{ImageFormat, Rgba, RgbaImage};

use super::*;

/// 60 × 40 pixels: a quarter each of red, green, blue and nothing, with a white pixel in the corner.
fn quarters(format: ImageFormat) -> Vec<u8> {
    let picture = RgbaImage::from_fn(60, 40, |x, y| match (x < 30, y < 20) {
        _ if x == 0 && y == 0 => Rgba([255; 4]),
        (true, true) => Rgba([220, 38, 38, 255]),
        (false, true) => Rgba([22, 163, 74, 255]),
        (true, false) => Rgba([37, 99, 235, 255]),
        (false, false) => Rgba([0; 4]),
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => {
            image::DynamicImage::from(picture).into_rgb8().write_to(&mut bytes, format).unwrap();
        }
        format => picture.write_to(&mut bytes, format).unwrap(),
    }
    bytes.into_inner()
}

#[tokio::test]
async fn mdo_06_what_is_centred_is_in_the_middle() {
    let page = div([text("middle").style("background: #fde68a; padding: 8px 16px")])
        .style("align-items: center; justify-content: center; background: #1e293b");
    golden("centred", Image::new(page).size(200, 100)).await;
}

#[tokio::test]
async fn mdo_06_boxes_grow_shrink_and_wrap() {
    let cell = |style: &str| div([]).style(format!("height: 20px; {style}"));
    let page = div([
        div([
            cell("flex: 1; background: #ef4444"),
            cell("flex: 2; background: #22c55e"),
            cell("width: 30px; background: #3b82f6"),
        ])
        .style("gap: 4px"),
        div((0..7).map(|_| cell("width: 50px; background: #a855f7")))
            .style("flex-wrap: wrap; gap: 4px 8px; margin-top: 8px"),
        div([
            cell("width: 20px; background: #0ea5e9"),
            cell("width: 20px; align-self: flex-end; background: #0284c7"),
            cell("width: 20px; height: auto; background: #075985"),
        ])
        .style("justify-content: space-between; height: 40px; margin: 8px 10% 0"),
        div([]).style(
            "position: absolute; right: 8px; bottom: 8px; width: 25%; aspect-ratio: 2; \
             background: #f59e0b",
        ),
        div([]).style("display: none; width: 100px; height: 100px; background: black"),
    ])
    .style("flex-direction: column; padding: 8px; background: white");
    golden("boxes", Image::new(page).size(220, 180)).await;
}

#[tokio::test]
async fn mdo_06_text_wraps_and_is_aligned() {
    let paragraph = |style: &str| {
        text("The quick brown fox jumps over the lazy dog, again and again and again.")
            .style(format!("border: 1px solid #cbd5e1; padding: 4px; {style}"))
    };
    let page = div([
        paragraph(""),
        paragraph("text-align: center; font-weight: 700"),
        paragraph("text-align: right; color: #b91c1c; line-height: 1.6"),
        paragraph("line-clamp: 1; letter-spacing: 1px"),
        paragraph("white-space: nowrap; overflow: hidden; text-decoration: underline"),
        text("A-word-that-is-much-too-long-for-a-line-of-this-picture-and-breaks"),
    ]);
    let page = page.style(
        "flex-direction: column; gap: 6px; padding: 8px; background: white; font-size: 14px",
    );
    golden("text", Image::new(page).size(240, 364)).await;
}

#[tokio::test]
async fn mdo_06_corners_borders_shadows_and_gradients() {
    let card = |style: &str| div([]).style(format!("width: 80px; height: 60px; {style}"));
    let page = div([
        card("background: linear-gradient(to right, #f00, #00f); border-radius: 12px"),
        card("background: linear-gradient(45deg, white, #16a34a 30%, black); border-radius: 50%"),
        card("background: radial-gradient(circle at 25% 25%, yellow, #dc2626)"),
        card("background: white; border: 4px solid #7c3aed; border-radius: 20px 0"),
        card("border: 2px solid black; border-width: 1px 8px 4px 2px; background: #fef3c7"),
        card("background: white; box-shadow: 4px 6px 10px 0 rgb(0 0 0 / 60%); border-radius: 8px"),
        card("background: linear-gradient(to top right, #0000 50%, #0ea5e9 50%), #e0f2fe"),
        card("background: rgb(255 255 255 / 50%); box-shadow: 0 0 0 4px #f97316"),
        card("background: linear-gradient(red, yellow 20px 80%, blue)"),
    ]);
    let page = page.style(
        "flex-wrap: wrap; gap: 16px; padding: 16px; align-content: flex-start; background: #f1f5f9",
    );
    golden("looks", Image::new(page).size(304, 260)).await;
}

#[tokio::test]
async fn mdo_06_opacity_clips_and_transforms() {
    let square = |style: &str| div([]).style(format!("width: 40px; height: 40px; {style}"));
    let page = div([
        div([
            square("background: red"),
            square("background: blue; margin-left: -20px; margin-top: 10px"),
        ])
        .style("opacity: 50%"),
        div([square("background: #10b981; transform: translate(-25%, 50%)")])
            .style("overflow: hidden; border-radius: 20px; border: 2px solid black; height: 44px"),
        square("background: #f59e0b; transform: rotate(30deg)"),
        text("turned").style("transform: rotate(-90deg) scale(1.2)"),
        text("glow").style("color: white; text-shadow: 0 0 4px #000, 1px 1px 0 #f00"),
    ]);
    let page = page.style("gap: 20px; align-items: flex-start; padding: 16px; background: #e2e8f0");
    golden("places", Image::new(page).size(340, 100)).await;
}

#[tokio::test]
async fn mdo_06_pictures_fit_their_boxes() {
    let fitted = |fit: &str| {
        img(quarters(ImageFormat::Png))
            .style(format!("width: 60px; height: 60px; background: #fde68a; object-fit: {fit}"))
    };
    let fits = ["fill", "contain", "cover", "none", "scale-down"];
    let page = div([
        div(fits.map(fitted)).style("gap: 8px"),
        div([
            img(quarters(ImageFormat::Png)),
            img(quarters(ImageFormat::Jpeg)).style("height: 20px"),
            img(quarters(ImageFormat::WebP)).style("width: 90px; border-radius: 16px"),
            img(quarters(ImageFormat::Png)).style("padding: 4px; border: 2px solid #1d4ed8"),
        ])
        .style("gap: 8px; align-items: flex-start"),
    ]);
    let page = page.style("flex-direction: column; gap: 8px; padding: 8px; background: white");
    golden("pictures", Image::new(page).size(360, 150)).await;
}

#[tokio::test]
async fn mdo_06_a_photograph_is_turned_as_its_camera_says() {
    // EXIF with one entry: the top of the scene is at the right.
    let turned =
        b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let mut photograph = quarters(ImageFormat::Jpeg);
    photograph.splice(2..2, turned.iter().copied());
    let page = div([img(photograph)]).style("align-items: flex-start");
    let drawn = pixels(Image::new(page).size(60, 80)).await;
    for (x, y, expected) in [
        (10, 15, [37, 99, 235, 255]),
        (30, 15, [220, 38, 38, 255]),
        (10, 45, [0, 0, 0, 255]),
        (30, 45, [22, 163, 74, 255]),
        (50, 15, [0, 0, 0, 0]),
        (10, 70, [0, 0, 0, 0]),
    ] {
        let drawn = drawn.get_pixel(x, y).0;
        let is_near = drawn.iter().zip(expected).all(|(one, other)| one.abs_diff(other) < 12);
        assert!(is_near, "{drawn:?} at {x}, {y}");
    }
}

#[tokio::test]
async fn mdo_04_letters_of_many_scripts_and_boxes_for_those_that_no_font_has() {
    let page = div([
        text("Žluťoučký kůň — naïve façade, Größe ≥ 5 €"),
        text("Ξεσκεπάζω την ψυχοφθόρα βδελυγμία"),
        text("Съешь ещё этих мягких булок"),
        text("e\u{301}\u{327} o\u{308}\u{304} A\u{30a}"),
        text("漢字 🦀 \u{5e9}\u{5dc}\u{5d5}\u{5dd} end"),
        text("<b>&amp;</b> \"quotes\" ]]> {{braces}}"),
    ]);
    let page = page.style(
        "flex-direction: column; gap: 4px; padding: 8px; font-size: 16px; background: white",
    );
    golden("letters", Image::new(page).size(360, 160)).await;
}

#[tokio::test]
async fn mdo_04_a_font_that_is_given_comes_first_and_inter_after_it() {
    let blocks = include_bytes!("Blocks.ttf");
    let line = |style: &'static str| text("ab cab").style(style);
    let page = div([
        line(""),
        line("font-family: Inter"),
        line("font-family: 'No such font', Blocks, sans-serif"),
        line("font-weight: 700; font-style: italic"),
    ]);
    let page =
        page.style("flex-direction: column; padding: 8px; font-size: 20px; background: white");
    golden("fonts", Image::new(page).size(120, 130).font(&blocks[..])).await;
}

#[tokio::test]
async fn mdo_04_a_card_as_people_make_them() {
    let card = div([
        div([
            div([]).style(
                "width: 36px; height: 36px; border-radius: 10px; \
                 background: linear-gradient(135deg, #f97316, #db2777)",
            ),
            text("bff").style("font-size: 22px; font-weight: 700"),
        ])
        .style("gap: 12px; align-items: center"),
        text("Backends for frontends by files, plain axum underneath")
            .style("font-size: 44px; font-weight: 800; line-height: 1.15; letter-spacing: -1px; line-clamp: 3"),
        div([
            text("27 November 2026").style("color: #94a3b8"),
            text("5 min read").style(
                "padding: 4px 12px; border-radius: 999px; background: #ffffff1f; color: #e2e8f0",
            ),
        ])
        .style("justify-content: space-between; align-items: center; font-size: 18px"),
    ])
    .style(
        "flex-direction: column; justify-content: space-between; padding: 40px; color: white; \
         background: radial-gradient(circle at 100% 0%, #1d4ed8, #0000 60%), #0f172a",
    );
    golden("card", Image::new(card).size(600, 315)).await;
}

#[tokio::test]
async fn mdi_04_mdo_04_a_picture_has_the_size_that_is_asked_for() {
    let image = Image::new(div([]).style("background: #0ea5e9"));
    assert_eq!(pixels(image.clone()).await.dimensions(), (1200, 630));
    for (width, height) in [(32, 32), (180, 180), (1, 1)] {
        let drawn = pixels(image.clone().size(width, height)).await;
        assert_eq!(drawn.dimensions(), (width, height));
        assert!(drawn.pixels().all(|pixel| pixel.0 == [14, 165, 233, 255]));
    }
}

#[tokio::test]
async fn mdo_04_webp_has_the_same_pixels() {
    let page = text("the same").style("background: linear-gradient(#f00, #00f8); color: white");
    let png = Image::new(page).size(120, 40);
    let webp = png.clone().format(Format::WebP);
    assert_eq!(pixels(png).await, pixels(webp).await);
}

#[tokio::test]
async fn mdo_04_what_is_not_painted_is_seen_through() {
    let picture = pixels(Image::new(div([])).size(3, 2)).await;
    assert_eq!(picture, RgbaImage::new(3, 2));
}

/// The pixels of this color.
fn count(picture: &RgbaImage, color: [u8; 4]) -> usize {
    picture.pixels().filter(|pixel| pixel.0 == color).count()
}

#[tokio::test]
async fn mdo_06_a_border_that_is_none_has_no_width_and_a_box_its_padding_in_it_or_around_it() {
    let (red, blue) = ([255, 0, 0, 255], [0, 0, 255, 255]);
    for (style, border, all) in [
        ("border: 2px solid red", 20 * 20 - 16 * 16, 400),
        ("border: 2px solid red; border-style: none", 0, 400),
        ("border-style: none; border: 2px solid red", 20 * 20 - 16 * 16, 400),
        ("border-style: none; border-width: 2px; border-color: red", 0, 400),
        ("border: 2px none red; border-style: solid", 20 * 20 - 16 * 16, 400),
        ("border: none; border-width: 2px", 0, 400),
        ("border: 2px red", 0, 400),
        ("padding: 3px; border: 2px solid red", 20 * 20 - 16 * 16, 400),
        ("box-sizing: border-box; padding: 3px", 0, 400),
        ("box-sizing: content-box; padding: 3px", 0, 26 * 26),
        ("box-sizing: content-box; border: 2px solid red", 24 * 24 - 20 * 20, 24 * 24),
    ] {
        let square = div([]).style(format!("width: 20px; height: 20px; background: blue; {style}"));
        let page = div([square]).style("align-items: flex-start");
        let drawn = pixels(Image::new(page).size(40, 40)).await;
        let found = (count(&drawn, red), count(&drawn, red) + count(&drawn, blue));
        assert_eq!(found, (border, all), "{style}");
    }
}

#[tokio::test]
async fn mdo_06_a_picture_is_as_sharp_as_it_is_seen() {
    // Black and white in turn, pixel by pixel: a mean of two would be gray.
    let stripes =
        RgbaImage::from_fn(64, 64, |x, _| Rgba(if x % 2 == 0 { [0, 0, 0, 255] } else { [255; 4] }));
    let mut png = std::io::Cursor::new(Vec::new());
    stripes.write_to(&mut png, ImageFormat::Png).unwrap();
    let png = png.into_inner();
    for (size, transform) in
        [(64, "none"), (16, "scale(4)"), (16, "scale(4) rotate(180deg)"), (256, "scale(0.25)")]
    {
        let stripes = img(png.clone()).style(format!(
            "position: absolute; left: {at}px; top: {at}px; width: {size}px; height: {size}px; \
             transform: {transform}",
            at = (64 - size) / 2,
        ));
        let drawn = pixels(Image::new(div([stripes])).size(64, 64)).await;
        let sharp = count(&drawn, [0, 0, 0, 255]) + count(&drawn, [255; 4]);
        assert_eq!(sharp, 64 * 64, "{transform}");
    }
}

#[tokio::test]
async fn mdo_06_a_shadow_is_drawn_as_far_as_it_is_seen() {
    let title = |words: String| {
        let line = text(words).style(
            "font-size: 72px; white-space: nowrap; color: white; text-shadow: 4px 6px 40px #f00",
        );
        let page = div([line]).style("align-items: center; padding: 16px; background: #0f172a");
        Image::new(page).size(240, 120)
    };
    // What is out of sight has no part in what is seen.
    let (few, many) = (pixels(title("long".repeat(8))).await, title("long".repeat(500)));
    assert!(pixels(many.clone()).await == few, "the end of the line is out of sight");
    golden("long-title", many).await;
}
