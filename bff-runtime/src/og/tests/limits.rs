use image::{DynamicImage, ImageFormat, RgbImage};

use super::*;
use crate::error::Error;

async fn refusal(image: Image) -> Error {
    image.timeout(PATIENCE).render().await.expect_err("it is refused")
}

fn nested(depth: usize) -> Node {
    (1..depth).fold(div([]), |inner, _| div([inner]))
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = DynamicImage::from(RgbImage::new(width, height));
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A few bytes that say they are 65535 × 65535 pixels.
fn bomb() -> Vec<u8> {
    let mut bytes = jpeg(1, 1);
    let frame = bytes.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].fill(0xff);
    bytes
}

#[tokio::test]
async fn og_limits_what_is_too_large_is_refused_before_it_is_drawn() {
    let words = |length: usize| text("a ".repeat(length / 2));
    let picture = || img(jpeg(2000, 1500)).style("width: 10px; height: 10px");
    let fading =
        |depth: usize| (0..depth).fold(text("deep"), |inner, _| div([inner]).style("opacity: 0.9"));
    let dot = |node: Node| Image::new(node).size(8, 8);
    for (image, cause) in [
        (Image::new(div([])).size(0, 10), "no size for a picture: 0 × 10"),
        (Image::new(div([])).size(10, 0), "no size for a picture"),
        (Image::new(div([])).size(4097, 1), "no size for a picture"),
        (Image::new(div([])).size(4096, 2049), "no size for a picture"),
        (Image::new(div([])).size(u32::MAX, u32::MAX), "no size for a picture"),
        (dot(div((0..1000).map(|_| div([])))), "a picture has 1001 nodes, and 1000 is the most"),
        (dot(nested(33)), "33 nodes in each other"),
        (dot(nested(100_000)), "100000 nodes"),
        (dot(div([words(20_000), words(20_000)])), "40000 bytes of text"),
        (dot(img(bomb())), "a picture in a picture is too large: 65535 × 65535 pixels"),
        (dot(div([picture(), picture(), picture()])), "too large together"),
        (dot(fading(9)), "more than 8 nodes with `opacity`"),
        (dot(div([]).style("box-shadow: 0 0 99999px red")), "a shadow is too large"),
    ] {
        let error = refusal(image).await;
        assert_eq!(error.status(), 500);
        assert!(error.to_string().contains(cause), "{error}");
    }
    for image in [
        dot(div((0..999).map(|_| div([])))),
        dot(nested(32)),
        dot(words(32 * 1024)),
        dot(div([picture(), picture()])),
        dot(fading(8)),
        Image::new(div([])).size(4096, 1),
    ] {
        drop(image.timeout(PATIENCE).render().await.unwrap());
    }
}

#[tokio::test]
async fn og_limits_what_is_not_understood_is_named() {
    let styled = |style: &'static str| Image::new(div([]).style(style)).size(8, 8);
    for (image, cause) in [
        (styled("colour: red"), r#"no property that pictures have: "colour""#),
        (styled("color: redd"), r#"no value that pictures have for `color`: "redd""#),
        (styled("color red"), r#"no declaration of CSS: "color red""#),
        (styled("display: grid"), "no value that pictures have for `display`"),
        (styled("width: 10"), "for `width`"),
        (styled("width: NaNpx"), "for `width`"),
        (styled("width: infpx"), "for `width`"),
        (styled("width: 1000000px"), "for `width`"),
        (styled("padding: -"), "for `padding`"),
        (styled("margin: 1px 2px 3px 4px 5px"), "for `margin`"),
        (styled("font-size: 0"), "for `font-size`"),
        (styled("font-size: 5000px"), "for `font-size`"),
        (styled("font-weight: heavy"), "for `font-weight`"),
        (styled("background: red, blue"), "for `background`"),
        (styled("background: linear-gradient(red)"), "for `background`"),
        (styled("background: url(https://example.com/x.png)"), "for `background`"),
        (styled("border: 1px dashed red"), "for `border`"),
        (styled("box-shadow: inset 0 0 4px red"), "for `box-shadow`"),
        (styled("transform: skew(10deg)"), "for `transform`"),
        (styled("line-clamp: 0"), "for `line-clamp`"),
        (Image::new(img(&b"GIF89a"[..])), "a picture in a picture cannot be read"),
        (Image::new(img(&b""[..])), "a picture in a picture cannot be read"),
        (Image::new(img(jpeg(8, 8)[..40].to_vec())), "a picture in a picture cannot be read"),
        (Image::new(text("a")).font(&b"wOF2"[..]), "a font for a picture is neither"),
    ] {
        let error = refusal(image).await;
        assert_eq!(error.status(), 500);
        assert!(error.to_string().contains(cause), "{error}");
    }
}

#[tokio::test]
async fn og_limits_what_takes_too_long_is_given_up() {
    for timeout in [Duration::ZERO, Duration::from_nanos(1)] {
        let late = Image::new(text("slow")).timeout(timeout);
        let error = late.render().await.expect_err("it is late");
        assert_eq!(
            (error.status().as_u16(), &*error.to_string()),
            (500, "a picture took too long")
        );
    }
    let patient = Image::new(text("fast")).size(8, 8).timeout(Duration::MAX);
    drop(patient.render().await.unwrap());
}
