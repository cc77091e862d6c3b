use std::collections::HashSet;

use super::segments;
use crate::{
    Code, Diagnostics, ImageArgs, Location, Metadata, MetadataCode, MetadataForm, MetadataKind,
    MetadataName, Route, RouteFile, RouteHandler, RouteKind, RoutePattern, SourceTree,
    metadata::{NearName, alt_text},
    metadata_pattern,
    source::SourceFile,
};

/// The routes of one metadata file: one, or two for sitemaps with an index (MDS-09).
pub(super) fn metadata_file(
    source: &SourceTree,
    file: &SourceFile,
    (folder, name): (&str, &MetadataName),
    refused: &mut HashSet<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    if name.kind.is_of_root() && !folder.is_empty() {
        misplaced(file, name, diagnostics);
        return Vec::new();
    }
    let Some(segments) = segments(file, folder, refused, diagnostics) else { return Vec::new() };
    let found = File { file, folder, name, pattern: RoutePattern::new(&segments) };
    match name.extension {
        Some(_) => found.as_it_is(source, diagnostics).into_iter().collect(),
        None => found.code(diagnostics),
    }
}

/// A metadata file where it counts.
struct File<'a> {
    file: &'a SourceFile,
    folder: &'a str,
    name: &'a MetadataName,
    /// Of the folder.
    pattern: RoutePattern,
}

impl File<'_> {
    fn as_it_is(&self, source: &SourceTree, diagnostics: &mut Diagnostics) -> Option<Route> {
        let kind = self.name.kind;
        let mut image = ImageArgs::default();
        let mut alt_file = None;
        if kind.is_image() || kind == MetadataKind::Favicon {
            // What could not be read has been said.
            let found = source.images.iter().find(|image| image.path == self.file.path)?;
            match &found.size {
                Ok(size) => image.size = *size,
                Err(reason) => {
                    diagnostics.tree(
                        Code::MetadataImage,
                        Location::file(&self.file.path),
                        format!("`{}` cannot be shown: {reason}", self.url_name()),
                        "save it anew from an image editor, in the format that its extension names",
                    );
                }
            }
            if let Some(limit) = kind.limit().filter(|limit| found.length > *limit) {
                too_large(self.file, found.length, limit, diagnostics);
            }
        }
        if kind.is_social() {
            let stem = self.file.path.rsplit_once('.').map_or("", |(stem, _)| stem);
            (alt_file, image.alt) = alt_text(source, stem).unzip();
        }
        let content_type = self.name.content_type().to_owned();
        let metadata = Metadata { kind, form: MetadataForm::File, content_type, image, alt_file };
        let (handlers, cfgs) = (Vec::new(), Vec::new());
        Some(self.route(
            self.url_name(),
            false,
            RouteFile { handlers, static_params: Vec::new(), cfgs },
            metadata,
        ))
    }

    fn code(&self, diagnostics: &mut Diagnostics) -> Vec<Route> {
        let kind = self.name.kind;
        // The text is missing only when the file could not be read, which has been said.
        let Some(text) = self.file.text.as_deref() else { return Vec::new() };
        let place = (self.name, &self.pattern);
        let MetadataCode { functions, list, cfgs } =
            MetadataCode::read(&self.file.path, text, place, diagnostics);
        let image = functions.first().map(|found| found.handler.image.clone()).unwrap_or_default();
        let content_type = image.content_type.as_deref().unwrap_or(kind.content_type()).to_owned();
        let route = |form, handlers: Vec<RouteHandler>, image: ImageArgs| {
            let content = RouteFile { handlers, static_params: Vec::new(), cfgs: cfgs.clone() };
            let content_type = content_type.clone();
            let metadata = Metadata { kind, form, content_type, image, alt_file: None };
            let stem = self.file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".rs"));
            let stem = stem.unwrap_or_default().to_owned();
            self.route(stem, form == MetadataForm::Each, content, metadata)
        };
        match list {
            None => vec![route(MetadataForm::Function, functions, image)],
            Some(list) if kind == MetadataKind::Sitemap => vec![
                route(MetadataForm::Each, functions, image),
                route(MetadataForm::Index, vec![list], ImageArgs::default()),
            ],
            Some(_) => vec![route(MetadataForm::Each, functions, image)],
        }
    }

    fn route(&self, own: String, each: bool, content: RouteFile, metadata: Metadata) -> Route {
        let folder = match self.folder {
            "" => own,
            folder => format!("{folder}/{own}"),
        };
        Route {
            kind: RouteKind::Metadata,
            folder,
            file: self.file.path.clone(),
            pattern: metadata_pattern(&self.pattern, self.name, each),
            content,
            metadata: Some(Box::new(metadata)),
        }
    }

    fn url_name(&self) -> String {
        self.name.url_name()
    }
}

/// A name that is nearly one (MD-02).
pub(super) fn near_metadata(file: &SourceFile, near: NearName, diagnostics: &mut Diagnostics) {
    diagnostics.tree(near.code, Location::file(&file.path), near.message, near.help);
}

/// `stem` names an image so far; without one its text is read by nobody.
pub(super) fn metadata_text(
    source: &SourceTree,
    file: &SourceFile,
    stem: &str,
    diagnostics: &mut Diagnostics,
) {
    let own = file.path.rsplit_once('/').map_or("", |(own, _)| own);
    let beside = source.files.iter().filter_map(|other| {
        let (other_folder, name) = other.path.rsplit_once('/')?;
        MetadataName::of(name).filter(|name| other_folder == own && name.stem == stem)
    });
    let names: Vec<MetadataName> = beside.collect();
    if names.iter().any(|name| name.extension.is_some()) {
        return;
    }
    let attribute = names.first().and_then(|name| name.kind.attribute());
    let (message, help) = match attribute {
        Some(attribute) => (
            format!("`{stem}.rs` does not read its text from a file"),
            format!("write it there, `#[{attribute}(alt = \"…\")]`, and remove this file"),
        ),
        None => (
            format!("there is no image `{stem}` beside its text"),
            format!("put `{stem}.png` beside it, or remove it"),
        ),
    };
    diagnostics.tree(Code::MetadataAlt, Location::file(&file.path), message, help);
}

/// Also one in a group, which is no folder of a URL (MD-05).
fn misplaced(file: &SourceFile, name: &MetadataName, diagnostics: &mut Diagnostics) {
    let own = file.path.rsplit('/').next().unwrap_or(&file.path);
    let url = name.url_name();
    diagnostics.tree(
        Code::MetadataPlace,
        Location::file(&file.path),
        format!("`{own}` counts directly in the app folder, and nowhere else"),
        format!(
            "move it there; for the URL of this folder write a handler in `{url}/route.rs`, and to keep it as something else rename it"
        ),
    );
}

fn too_large(file: &SourceFile, length: u64, limit: u64, diagnostics: &mut Diagnostics) {
    const MIB: u64 = 1024 * 1024;
    // In hundredths, rounded up, so that no size reads as the limit itself.
    let hundredths = (length * 100).div_ceil(MIB);
    diagnostics.tree(
        Code::MetadataSize,
        Location::file(&file.path),
        format!(
            "this image has {}.{:02} MiB, and at most {} MiB are allowed",
            hundredths / 100,
            hundredths % 100,
            limit / MIB
        ),
        "make it smaller: other sites load it for every preview, and refuse large ones",
    );
}
