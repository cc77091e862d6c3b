use crate::{metadata::FileName, suggest};

/// Extensions of other languages' route files.
const FOREIGN: [&str; 8] = ["ts", "js", "tsx", "jsx", "mjs", "cjs", "mts", "py"];

/// What a file name means in an app folder.
pub(super) enum Convention {
    Route,
    Misspelt,
    Foreign,
    Page,
    Proxy,
    Instrumentation,
    Metadata(FileName),
    None,
}

impl Convention {
    pub(super) fn of(name: &str) -> Self {
        let metadata = FileName::of(name);
        if metadata != FileName::Other {
            return Self::Metadata(metadata);
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let lower = stem.to_lowercase();
        match extension {
            "rs" if stem == "route" => Self::Route,
            "rs" if stem == "proxy" || stem == "middleware" => Self::Proxy,
            "rs" if stem == "page" => Self::Page,
            "rs" | "ts" | "js" if stem == "instrumentation" => Self::Instrumentation,
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
