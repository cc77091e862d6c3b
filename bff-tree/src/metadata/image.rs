use imagesize::{ImageError, ImageType};

/// What is known of a file that is served as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageFile {
    /// Path relative to the package.
    pub path: String,
    /// Its length in bytes.
    pub length: u64,
    /// Width and height in pixels, of the largest picture in it; `None` where it has no fixed size, as SVG has none.
    /// Otherwise why it cannot be shown.
    pub size: Result<Option<(u32, u32)>, String>,
}

impl ImageFile {
    /// Looks at the beginning of an image (MDI-02). The pixels are not decoded, which would cost each build.
    pub(crate) fn of(path: String, bytes: &[u8]) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let size = match extension {
            "svg" => svg(bytes).map(|()| None),
            _ => raster(extension, bytes).map(Some),
        };
        Self { length: bytes.len() as u64, path, size }
    }
}

fn raster(extension: &str, bytes: &[u8]) -> Result<(u32, u32), String> {
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    let kind = imagesize::image_type(bytes).map_err(|_| "it is no image of a known format")?;
    let (name, extensions): (&str, &[&str]) = match kind {
        ImageType::Png => ("a PNG", &["png"]),
        ImageType::Jpeg => ("a JPEG", &["jpg", "jpeg"]),
        ImageType::Gif => ("a GIF", &["gif"]),
        ImageType::Ico => ("an ICO", &["ico"]),
        _ => ("an image of another format", &[]),
    };
    if !extensions.contains(&extension) {
        return Err(format!("it is {name}, whatever its name says"));
    }
    let size = imagesize::blob_size(bytes).map_err(|error| match error {
        ImageError::CorruptedImage => "its header is broken",
        _ => "it breaks off in its header",
    })?;
    match (u32::try_from(size.width), u32::try_from(size.height)) {
        (Ok(width @ 1..), Ok(height @ 1..)) => Ok((width, height)),
        _ => Err("it has no pixels".to_owned()),
    }
}

/// An SVG is text, and has an element of this name before anything that is drawn.
fn svg(bytes: &[u8]) -> Result<(), String> {
    let text = str::from_utf8(bytes).map_err(|_| "it is not UTF-8 text")?;
    if text.contains("<svg") { Ok(()) } else { Err("it has no `<svg>` element".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x20\0\0\0\x10\x08\x06\0\0\0";
    const GIF: &[u8] = b"GIF89a\x02\0\x03\0\0\0\0";
    const ICO: &[u8] = b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x16\0\0\0";

    #[test]
    fn mdi_02_md_17_an_image_tells_its_size() {
        for (path, bytes, size) in [
            ("icon.png", PNG, Some((32, 16))),
            ("twitter-image.gif", GIF, Some((2, 3))),
            ("favicon.ico", ICO, Some((16, 16))),
            (
                "icon.svg",
                b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                None,
            ),
        ] {
            let file = ImageFile::of(path.to_owned(), bytes);
            assert_eq!((file.size, file.length), (Ok(size), bytes.len() as u64), "{path}");
        }
    }

    #[test]
    fn mdi_02_what_no_browser_shows_is_refused() {
        for (path, bytes, reason) in [
            ("icon.png", &b""[..], "it is empty"),
            ("icon.png", b"not an image", "it is no image"),
            ("icon.png", GIF, "it is a GIF"),
            ("icon.jpg", PNG, "it is a PNG"),
            ("icon.png", &PNG[..12], "breaks off"),
            ("opengraph-image.gif", b"GIF89a\0\0\0\0\0\0\0", "no pixels"),
            ("icon.svg", b"<html></html>", "no `<svg>`"),
            ("icon.svg", b"\xff\xfe<svg>", "not UTF-8"),
        ] {
            let refused = ImageFile::of(path.to_owned(), bytes).size.expect_err(path);
            assert!(refused.contains(reason), "{path}: {refused}");
        }
    }
}
