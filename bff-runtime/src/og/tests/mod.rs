//! `BFF_GOLDEN=write` writes the pictures in `golden` anew. Look at them before they are committed.

mod drawings;
mod limits;
mod properties;
mod responses;

use std::{env, fs, path::PathBuf, time::Duration};

use image::RgbaImage;

use super::*;

/// More time than any machine needs.
const PATIENCE: Duration = Duration::from_secs(60);

async fn pixels(image: Image) -> RgbaImage {
    let drawn = image.timeout(PATIENCE).render().await.unwrap();
    image::load_from_memory(drawn.bytes()).unwrap().into_rgba8()
}

/// What other processors may round otherwise, of 255.
const TOLERANCE: u8 = 2;

/// Compares a picture with the one that was looked at.
async fn golden(name: &str, image: Image) {
    let image = image.timeout(PATIENCE);
    let drawn = image.clone().render().await.unwrap();
    assert_eq!(drawn.bytes(), image.render().await.unwrap().bytes(), "the same bytes each time");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("src/og/tests/golden")
        .join(name)
        .with_extension("png");
    if env::var_os("BFF_GOLDEN").is_some_and(|wish| wish == "write") {
        fs::write(&path, drawn.bytes()).unwrap();
    }
    let expected = image::open(&path).unwrap().into_rgba8();
    let drawn = image::load_from_memory(drawn.bytes()).unwrap().into_rgba8();
    assert_eq!(drawn.dimensions(), expected.dimensions(), "{name}");
    for (x, y, expected) in expected.enumerate_pixels() {
        let drawn = drawn.get_pixel(x, y);
        let differs = |(one, other): (&u8, &u8)| one.abs_diff(*other) > TOLERANCE;
        assert!(
            !drawn.0.iter().zip(&expected.0).any(differs),
            "{name}: {drawn:?} at {x}, {y}, and {expected:?} is expected"
        );
    }
}
