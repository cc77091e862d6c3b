use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::text_line::one_line;
use crate::{
    Route,
    request::Url,
    response::{NOT_IN_A_URL, text},
    routing::Segment,
};

/// What would end the target of a link.
const NOT_IN_A_TARGET: &AsciiSet = &NOT_IN_A_URL.add(b'(').add(b')');

/// What a language model should know of a site, `text/plain; charset=utf-8` (MD-16): a title, a summary, and links in
/// sections, as Markdown in the form of llmstxt.org.
///
/// ```
/// use bff::metadata::{LlmsLink, LlmsSection, LlmsTxt};
///
/// // app/llms.txt/route.rs
/// async fn llms() -> LlmsTxt {
///     LlmsTxt::new("News")
///         .summary("What is new, every day.")
///         .section(
///             LlmsSection::new("Posts")
///                 .link(LlmsLink::new("Tom [and] Jerry", "https://example.com/posts/7.md").note("They meet.")),
///         )
/// }
/// ```
///
/// Titles, names and notes stay on their lines, and a name stays within its brackets. [`details`](Self::details) are
/// Markdown and sent as they are.
#[derive(Clone, Debug)]
#[must_use = "it is the response of a handler"]
pub struct LlmsTxt {
    text: String,
}

impl LlmsTxt {
    /// A file with the name of the site or project, the one thing that the form requires.
    pub fn new(title: impl AsRef<str>) -> Self {
        Self { text: format!("# {}\n", one_line(title.as_ref())) }
    }

    /// What it is, in a sentence or two: the key to all that follows.
    pub fn summary(self, summary: impl AsRef<str>) -> Self {
        self.paragraph(&format!("> {}", one_line(summary.as_ref())))
    }

    /// More about it, in Markdown: anything but headings, which begin sections. It comes before the sections.
    pub fn details(self, markdown: impl AsRef<str>) -> Self {
        self.paragraph(markdown.as_ref().trim())
    }

    /// Adds a section.
    pub fn section(self, section: LlmsSection) -> Self {
        let LlmsSection { title, items } = section;
        let text = format!("## {title}\n\n{items}");
        self.paragraph(text.trim_end())
    }

    /// Adds a section that lists routes of this app: methods and pattern of each handler, and the first line of its doc
    /// comment (MD-16). `url` is that of the request; routes without params become links below its base path.
    ///
    /// ```
    /// # mod app { pub static ROUTES: &[bff::Route] = &[]; }
    /// use bff::{metadata::LlmsTxt, request::Url};
    ///
    /// async fn llms(url: Url) -> LlmsTxt {
    ///     let public = app::ROUTES.iter().filter(|route| route.pattern().starts_with("/api/"));
    ///     LlmsTxt::new("News").routes("API", &url, public)
    /// }
    /// ```
    ///
    /// Only what is passed in is listed: the file is public, so leave out what is not.
    pub fn routes<'a>(
        self,
        title: impl AsRef<str>,
        url: &Url,
        routes: impl IntoIterator<Item = &'a Route>,
    ) -> Self {
        let section = LlmsSection::new(title);
        self.section(routes.into_iter().fold(section, |section, route| section.route(url, route)))
    }

    /// The file as text.
    pub fn document(&self) -> &str {
        &self.text
    }

    fn paragraph(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.text.extend(["\n", text, "\n"]);
        }
        self
    }
}

impl IntoResponse for LlmsTxt {
    fn into_response(self) -> Response {
        text(self.text)
    }
}

/// A section of an [`LlmsTxt`]: links that belong together.
#[derive(Clone, Debug)]
#[must_use = "it is a section for an llms.txt"]
pub struct LlmsSection {
    title: String,
    items: String,
}

impl LlmsSection {
    /// A section without links.
    pub fn new(title: impl AsRef<str>) -> Self {
        Self { title: one_line(title.as_ref()).into_owned(), items: String::new() }
    }

    /// The section that readers may skip when they have little room. It is the last one, by convention.
    pub fn optional() -> Self {
        Self::new("Optional")
    }

    /// Adds a link.
    pub fn link(self, link: LlmsLink) -> Self {
        let LlmsLink { name, url, note } = link;
        let url = utf8_percent_encode(&url, NOT_IN_A_TARGET);
        self.item(&format!("[{}]({url})", in_brackets(&name)), &note)
    }

    /// Adds links.
    pub fn links(self, links: impl IntoIterator<Item = LlmsLink>) -> Self {
        links.into_iter().fold(self, Self::link)
    }

    fn route(self, url: &Url, route: &Route) -> Self {
        let has_params = !route.segments().iter().all(|it| matches!(it, Segment::Literal(_)));
        let address = url.with_path(route.pattern()).without_query();
        route.handlers().iter().fold(self, |section, handler| {
            let methods = match handler.methods() {
                [] => Cow::from("any method"),
                methods => methods.join(", ").into(),
            };
            let name = format!("{methods} {}", route.pattern());
            let note = handler.docs().trim().lines().next().unwrap_or_default();
            if has_params {
                section.item(&format!("`{}`", one_line(&name).replace('`', "'")), note)
            } else {
                section.link(LlmsLink::new(name, &address).note(note))
            }
        })
    }

    fn item(mut self, item: &str, note: &str) -> Self {
        self.items.extend(["- ", item]);
        let note = one_line(note);
        if !note.is_empty() {
            self.items.extend([": ", &note]);
        }
        self.items.push('\n');
        self
    }
}

/// A link in a [`LlmsSection`].
#[derive(Clone, Debug)]
#[must_use = "it is a link for a section of an llms.txt"]
pub struct LlmsLink {
    name: String,
    url: String,
    note: String,
}

impl LlmsLink {
    /// A link to this URL.
    pub fn new(name: impl AsRef<str>, url: impl AsRef<str>) -> Self {
        let (name, url) = (name.as_ref().to_owned(), url.as_ref().to_owned());
        Self { name, url, note: String::new() }
    }

    /// What is there.
    pub fn note(mut self, note: impl AsRef<str>) -> Self {
        note.as_ref().clone_into(&mut self.note);
        self
    }
}

/// The text of a link. A backslash keeps a bracket from ending it, and itself from keeping one.
fn in_brackets(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in one_line(name).chars() {
        if matches!(c, '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use axum::extract::Request;
    use proptest::prelude::*;

    use super::*;
    use crate::{RequestExt, routing::HandlerInfo};

    #[test]
    fn md_16_titles_links_and_notes_have_their_places() {
        let file = LlmsTxt::new("Tom\n# Jerry")
            .summary("What\n## is new")
            .details("\nOne.\n\nTwo.\n")
            .section(
                LlmsSection::new("Posts")
                    .link(LlmsLink::new("a](http://b) \\", "https://example.com/a b(c)"))
                    .links([LlmsLink::new("b", "/b.md").note("the\n- second")]),
            )
            .section(LlmsSection::optional());
        assert_eq!(
            file.document(),
            "# Tom # Jerry\n\n> What ## is new\n\nOne.\n\nTwo.\n\n## Posts\n\n\
             - [a\\](http://b) \\\\](https://example.com/a%20b%28c%29)\n\
             - [b](/b.md): the - second\n\n## Optional\n"
        );
    }

    #[test]
    fn md_16_it_is_text_in_utf_8() {
        let response = LlmsTxt::new("News").into_response();
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    }

    #[test]
    fn md_16_routes_are_listed_with_what_is_written_about_them() {
        static HANDLERS: [HandlerInfo; 2] = [
            HandlerInfo::new("list", &["GET"], " All posts.\n\n The newest first."),
            HandlerInfo::new("create", &["POST", "PUT"], ""),
        ];
        static ROUTES: [Route; 3] = [
            Route::new("/", &["/"], &[], "app/route.rs", &[HandlerInfo::every_method("all", "")]),
            Route::new(
                "/api/posts",
                &["/api/posts"],
                &[Segment::Literal("api"), Segment::Literal("posts")],
                "app/api/posts/route.rs",
                &HANDLERS,
            ),
            Route::new(
                "/api/posts/{id}",
                &["/api/posts/{id}"],
                &[Segment::Literal("api"), Segment::Literal("posts"), Segment::Param("id")],
                "app/api/posts/[id]/route.rs",
                &[HandlerInfo::new("show", &["GET"], " One post.")],
            ),
        ];
        let request =
            Request::get("/llms.txt?x=1").header("host", "example.com").body(().into()).unwrap();
        let file = LlmsTxt::new("News").routes("API", &request.url(), &ROUTES);
        assert_eq!(
            file.document(),
            "# News\n\n## API\n\n\
             - [any method /](http://example.com/)\n\
             - [GET /api/posts](http://example.com/api/posts): All posts.\n\
             - [POST, PUT /api/posts](http://example.com/api/posts)\n\
             - `GET /api/posts/{id}`: One post.\n"
        );
    }

    proptest! {
        #[test]
        fn md_16_no_text_begins_a_line_of_its_own(title in "(?s).{0,20}", name in "(?s).{0,20}", url in "(?s).{0,20}") {
            let link = LlmsLink::new(&name, &url).note(&title);
            let file = LlmsTxt::new(&title).section(LlmsSection::new(&title).link(link));
            let lines: Vec<&str> = file.document().lines().collect();
            prop_assert_eq!(lines.len(), 5, "{:?}", lines);
            prop_assert!(lines[4].starts_with("- ["));
        }
    }
}
