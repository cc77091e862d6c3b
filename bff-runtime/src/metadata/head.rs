use std::{fmt::Write, sync::OnceLock};

use super::{HeadKind, HeadTag, HeadTags, MetadataFile};
use crate::routing::{Matcher, Route, Segment, encoded, segment};

/// A metadata file that has a tag, as `app!` emits it.
#[derive(Debug)]
pub struct HeadFile {
    kind: HeadKind,
    /// As [`Route::file`] has it.
    file: &'static str,
    content_type: &'static str,
    size: Option<(u32, u32)>,
    alt: Option<&'static str>,
    /// What is served, when it is no function.
    content: Option<&'static MetadataFile>,
}

impl HeadFile {
    /// Without size, text and content.
    pub const fn new(kind: HeadKind, file: &'static str, content_type: &'static str) -> Self {
        Self { kind, file, content_type, size: None, alt: None, content: None }
    }

    /// With a size in pixels.
    #[must_use]
    pub const fn size(mut self, width: u32, height: u32) -> Self {
        self.size = Some((width, height));
        self
    }

    /// With a text.
    #[must_use]
    pub const fn alt(mut self, alt: &'static str) -> Self {
        self.alt = Some(alt);
        self
    }

    /// Served as it is.
    #[must_use]
    pub const fn content(mut self, content: &'static MetadataFile) -> Self {
        self.content = Some(content);
        self
    }
}

/// The files of an app that have tags.
#[derive(Debug)]
pub struct HeadTable {
    /// The app folder as the files of routes have it.
    app: &'static str,
    base_path: &'static str,
    routes: &'static [Route],
    files: &'static [HeadFile],
    matcher: OnceLock<Matcher>,
}

impl HeadTable {
    /// `routes` are all of the app's; that of each file is among them.
    pub const fn new(
        app: &'static str,
        base_path: &'static str,
        routes: &'static [Route],
        files: &'static [HeadFile],
    ) -> Self {
        Self { app, base_path, routes, files, matcher: OnceLock::new() }
    }

    /// The tags of the page with this path, which is one of the app and has no base path.
    pub fn tags(&self, path: &str) -> HeadTags {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let folder = self.folder(path);
        let mut found: Vec<&HeadFile> = Vec::new();
        for file in self.files.iter().filter(|file| is_within(folder, folder_of(file.file))) {
            // What a nearer folder has of its kind counts in place of it.
            let nearer = folder_of(file.file).len();
            let is_farther =
                |other: &&HeadFile| other.kind == file.kind && folder_of(other.file).len() < nearer;
            found.retain(|other| !is_farther(other));
            let is_nearest = |other: &&HeadFile| {
                other.kind != file.kind || folder_of(other.file).len() <= nearer
            };
            if found.iter().all(is_nearest) {
                found.push(file);
            }
        }
        found.sort_by_key(|file| (file.kind, file.file));
        HeadTags::new(found.into_iter().filter_map(|file| self.tag(file, path)).collect())
    }

    /// The folder of the route that serves a path; the app folder where none does, or one of `pages`.
    fn folder(&self, path: &str) -> &'static str {
        // The router serves no such path, and in a tag it would be the name of another server.
        if path.contains("//") || path.contains('\\') {
            return self.app;
        }
        let routes = self.routes.iter().map(Route::segments);
        let matcher = self.matcher.get_or_init(|| Matcher::new(routes));
        let route = matcher.find(path, path.contains('%')).and_then(|at| self.routes.get(at));
        let folder = route.map(|route| folder_of(route.file()));
        folder.filter(|folder| is_within(folder, self.app)).unwrap_or(self.app)
    }

    /// `None` for a file whose route a `cfg` has left out.
    fn tag(&self, file: &HeadFile, path: &str) -> Option<HeadTag> {
        let route = self.routes.iter().find(|route| route.file() == file.file)?;
        let mut url = self.base_path.to_owned();
        for (index, part) in route.segments().iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = match part {
                Segment::Literal(text) => write!(url, "/{}", encoded(text)),
                // Whatever stands there, the file is the same (MD-06).
                _ if file.content.is_some() => write!(url, "/-"),
                _ => write!(url, "/{}", segment(path, index)),
            };
        }
        if let Some(content) = file.content
            && file.kind != HeadKind::Manifest
        {
            let hash = content.etag().to_string();
            let _ = write!(url, "?{}", hash.trim_matches('"').get(..16).unwrap_or_default());
        }
        let HeadFile { kind, content_type, size, alt, .. } = *file;
        Some(HeadTag { kind, url, content_type, size, alt })
    }
}

/// `app/a` of `app/a/icon.png`.
fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// True for a folder and for those below it.
fn is_within(folder: &str, outer: &str) -> bool {
    folder.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use Segment::{Literal as L, Param as P};

    use super::*;

    static ICO: MetadataFile = MetadataFile::new("favicon.ico", "image/x-icon", b"ico");
    static SVG: MetadataFile = MetadataFile::new("icon.svg", "image/svg+xml", b"svg");
    static PNG: MetadataFile = MetadataFile::new("icon.png", "image/png", b"png");

    static ROUTES: &[Route] = &[
        Route::new("/x", &[], &[L("x")], "app/(g)/x/route.rs", &[]),
        Route::new("/favicon.ico", &[], &[L("favicon.ico")], "app/favicon.ico", &[]),
        Route::new("/icon.svg", &[], &[L("icon.svg")], "app/icon.svg", &[]),
        Route::new("/icon1", &[], &[L("icon1")], "app/icon1.rs", &[]),
        Route::new("/manifest.json", &[], &[L("manifest.json")], "app/manifest.json", &[]),
        Route::new(
            "/p/{id}/icon.png",
            &[],
            &[L("p"), P("id"), L("icon.png")],
            "app/p/[id]/icon.png",
            &[],
        ),
        Route::new(
            "/p/{id}/opengraph-image",
            &[],
            &[L("p"), P("id"), L("opengraph-image")],
            "app/p/[id]/opengraph-image.rs",
            &[],
        ),
        Route::new("/p/{id}", &[], &[L("p"), P("id")], "app/p/[id]/route.rs", &[]),
        Route::new(
            "/p/{id}/deep",
            &[],
            &[L("p"), P("id"), L("deep")],
            "app/p/[id]/deep/route.rs",
            &[],
        ),
        Route::new("/api/x", &[], &[L("api"), L("x")], "pages/api/x.rs", &[]),
    ];

    static FILES: &[HeadFile] = &[
        HeadFile::new(HeadKind::Icon, "app/icon1.rs", "image/png"),
        HeadFile::new(HeadKind::Icon, "app/p/[id]/icon.png", "image/png")
            .size(32, 16)
            .content(&PNG),
        HeadFile::new(HeadKind::Icon, "app/icon.svg", "image/svg+xml").content(&SVG),
        HeadFile::new(HeadKind::Favicon, "app/favicon.ico", "image/x-icon")
            .size(16, 16)
            .content(&ICO),
        HeadFile::new(HeadKind::Manifest, "app/manifest.json", "application/manifest+json"),
        HeadFile::new(HeadKind::OpengraphImage, "app/p/[id]/opengraph-image.rs", "image/png")
            .size(1200, 630)
            .alt("a \"fox\" & <b>"),
        HeadFile::new(HeadKind::TwitterImage, "app/gone.rs", "image/png"),
    ];

    static TABLE: HeadTable = HeadTable::new("app", "/base", ROUTES, FILES);

    fn query(file: &MetadataFile) -> String {
        file.etag().to_string()[1..17].to_owned()
    }

    #[test]
    fn md_17_the_files_of_the_nearest_folder_count_in_order() {
        for (path, expected) in [
            (
                "/x",
                &["/base/favicon.ico", "/base/icon.svg", "/base/icon1", "/base/manifest.json"][..],
            ),
            (
                "/nowhere",
                &["/base/favicon.ico", "/base/icon.svg", "/base/icon1", "/base/manifest.json"],
            ),
            (
                "/api/x",
                &["/base/favicon.ico", "/base/icon.svg", "/base/icon1", "/base/manifest.json"],
            ),
            (
                "/p/7?q=1",
                &[
                    "/base/favicon.ico",
                    "/base/p/-/icon.png",
                    "/base/manifest.json",
                    "/base/p/7/opengraph-image",
                ],
            ),
            (
                "/p/a%20b/deep",
                &[
                    "/base/favicon.ico",
                    "/base/p/-/icon.png",
                    "/base/manifest.json",
                    "/base/p/a%20b/opengraph-image",
                ],
            ),
        ] {
            let tags = TABLE.tags(path);
            let urls: Vec<&str> =
                tags.iter().map(|tag| tag.url().split('?').next().unwrap()).collect();
            assert_eq!(urls, expected, "{path}");
        }
    }

    #[test]
    fn md_17_mdo_02_tags_are_html_with_absolute_images() {
        let tags = TABLE.tags("/p/7").with_base("https://example.com/");
        let expected = format!(
            "<link rel=\"icon\" href=\"/base/favicon.ico?{}\" type=\"image/x-icon\" sizes=\"16x16\">\n\
             <link rel=\"icon\" href=\"/base/p/-/icon.png?{}\" type=\"image/png\" sizes=\"32x16\">\n\
             <link rel=\"manifest\" href=\"/base/manifest.json\">\n\
             <meta property=\"og:image\" content=\"https://example.com/base/p/7/opengraph-image\">\n\
             <meta property=\"og:image:type\" content=\"image/png\">\n\
             <meta property=\"og:image:width\" content=\"1200\">\n\
             <meta property=\"og:image:height\" content=\"630\">\n\
             <meta property=\"og:image:alt\" content=\"a &quot;fox&quot; &amp; &lt;b&gt;\">\n",
            query(&ICO),
            query(&PNG),
        );
        assert_eq!(tags.to_string(), expected);
        let root = TABLE.tags("/x").to_string();
        for line in [
            format!(
                "<link rel=\"icon\" href=\"/base/icon.svg?{}\" type=\"image/svg+xml\" sizes=\"any\">",
                query(&SVG)
            ),
            "<link rel=\"icon\" href=\"/base/icon1\" type=\"image/png\">".to_owned(),
        ] {
            assert!(root.lines().any(|other| other == line), "{line} in {root}");
        }
    }

    #[test]
    fn a_path_of_a_client_stays_inside_of_its_attribute() {
        let html = TABLE.tags("/p/\"><script>").to_string();
        assert!(html.contains("/p/&quot;&gt;&lt;script&gt;/opengraph-image"), "{html}");
        for path in ["/p//evil.example", "//p/7", "/p/\\evil.example"] {
            let html = TABLE.tags(path).to_string();
            assert!(!html.contains("evil") && !html.contains("/p/"), "{path}: {html}");
        }
    }
}
