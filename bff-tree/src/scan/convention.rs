use crate::suggest;

/// Extensions of other languages' route files.
const FOREIGN: [&str; 8] = ["ts", "js", "tsx", "jsx", "mjs", "cjs", "mts", "py"];

/// Code files of section 14 of the configuration specification.
const METADATA_CODE: [&str; 3] = ["robots", "sitemap", "manifest"];

/// Images of the same section.
const METADATA_IMAGES: [&str; 5] =
    ["favicon", "icon", "apple-icon", "opengraph-image", "twitter-image"];

/// What a file name means in an app folder.
pub(super) enum Convention {
    Route,
    Misspelt,
    Foreign,
    Page,
    Proxy,
    Instrumentation,
    Unsupported,
    None,
}

impl Convention {
    pub(super) fn of(name: &str) -> Self {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let lower = stem.to_lowercase();
        match extension {
            "rs" if stem == "route" => Self::Route,
            "rs" if stem == "proxy" || stem == "middleware" => Self::Proxy,
            "rs" if stem == "page" => Self::Page,
            "rs" | "ts" | "js" if stem == "instrumentation" => Self::Instrumentation,
            "rs" if METADATA_CODE.contains(&stem) || METADATA_IMAGES.contains(&stem) => {
                Self::Unsupported
            }
            "txt" if stem == "robots" => Self::Unsupported,
            "xml" if stem == "sitemap" => Self::Unsupported,
            "json" | "webmanifest" if stem == "manifest" => Self::Unsupported,
            "ico" | "png" | "jpg" | "jpeg" | "gif" | "svg" if METADATA_IMAGES.contains(&stem) => {
                Self::Unsupported
            }
            "rs" if near_route(&lower) => Self::Misspelt,
            _ if lower == "route" && extension.eq_ignore_ascii_case("rs") => Self::Misspelt,
            _ if lower == "route" && FOREIGN.contains(&extension) => Self::Foreign,
            _ if lower == "page" && FOREIGN.contains(&extension) => Self::Page,
            _ if (lower == "proxy" || lower == "middleware") && FOREIGN.contains(&extension) => {
                Self::Proxy
            }
            _ => Self::None,
        }
    }
}

/// `Route`, `routes`, `rout`, `ruote`: one slip away from `route`. Real words that happen to be near are helpers.
fn near_route(stem: &str) -> bool {
    !matches!(stem, "router" | "rote" | "rouge" | "rouse")
        && suggest::nearest(stem, ["route"]).is_some()
}
