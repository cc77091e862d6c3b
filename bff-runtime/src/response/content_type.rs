use std::path::Path;

/// What a file holds, by the end of its name. Text is UTF-8; what is not listed is `application/octet-stream`.
///
/// A table of our own rather than a crate's thousand lines: these are the types that the web serves, each with
/// its charset, and a type that is missing can be set on the response.
pub(crate) fn of(path: &Path) -> &'static str {
    let Some(extension) = path.extension().and_then(|extension| extension.to_str()) else {
        return BYTES;
    };
    let extension = extension.to_ascii_lowercase();
    TYPES
        .iter()
        .find(|(names, _)| names.split(' ').any(|name| name == extension))
        .map_or(BYTES, |(_, kind)| kind)
}

const BYTES: &str = "application/octet-stream";

/// From the IANA registry of media types; for JavaScript see RFC 9239.
const TYPES: &[(&str, &str)] = &[
    ("html htm", "text/html; charset=utf-8"),
    ("js mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("json map", "application/json"),
    ("png", "image/png"),
    ("jpg jpeg", "image/jpeg"),
    ("svg", "image/svg+xml"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("gif", "image/gif"),
    ("ico", "image/vnd.microsoft.icon"),
    ("bmp", "image/bmp"),
    ("tif tiff", "image/tiff"),
    ("woff2", "font/woff2"),
    ("woff", "font/woff"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("txt log", "text/plain; charset=utf-8"),
    ("md markdown", "text/markdown; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("tsv", "text/tab-separated-values; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("xml xsd", "application/xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("xhtml", "application/xhtml+xml; charset=utf-8"),
    ("jsonld", "application/ld+json"),
    ("geojson", "application/geo+json"),
    ("ndjson jsonl", "application/x-ndjson"),
    ("webmanifest", "application/manifest+json"),
    ("yaml yml", "application/yaml"),
    ("toml", "application/toml"),
    ("wasm", "application/wasm"),
    ("pdf", "application/pdf"),
    ("rtf", "application/rtf"),
    ("epub", "application/epub+zip"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("mp4 m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("mov", "video/quicktime"),
    ("mkv", "video/matroska"),
    ("ogv", "video/ogg"),
    ("mpd", "application/dash+xml"),
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("aac", "audio/aac"),
    ("ogg oga opus", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("zip", "application/zip"),
    ("gz tgz", "application/gzip"),
    ("zst", "application/zstd"),
    ("7z", "application/x-7z-compressed"),
    ("tar", "application/x-tar"),
    ("glb", "model/gltf-binary"),
    ("gltf", "model/gltf+json"),
];

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn rh_225_the_type_of_a_file_is_by_its_extension() {
        for (path, expected) in [
            ("a/b.HTML", "text/html; charset=utf-8"),
            ("x.tar.gz", "application/gzip"),
            ("x.mjs", "text/javascript; charset=utf-8"),
            ("x", BYTES),
            (".html", BYTES),
            ("x.", BYTES),
            ("x.unheard-of", BYTES),
            ("html/x", BYTES),
        ] {
            assert_eq!(of(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn every_extension_is_listed_once_in_lower_case_and_every_type_is_a_header() {
        let mut names: Vec<&str> = TYPES.iter().flat_map(|(names, _)| names.split(' ')).collect();
        assert!(names.iter().all(|name| {
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        }));
        assert!(TYPES.iter().all(|(_, kind)| HeaderValue::try_from(*kind).is_ok()));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
