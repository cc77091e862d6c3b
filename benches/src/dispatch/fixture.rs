//! The app folders that the subjects are compiled from: `apps/one` and `apps/fifty_one`; `apps/fronted`, which is
//! `apps/one` with a proxy and 150 rules in front of it; `apps/guarded`, which is `apps/one` with every guard.
//!
//! The router by hand sends no security headers, so the others do not either, but `guarded`.

use std::{fmt::Write as _, fs, io, ops::Range, path::Path};

/// The route that requests go to; every size has it.
const TARGET: usize = 17;

/// The numbers of the param routes in a router of this size. One more route answers with a text; in the size
/// of 1, which is there to see what the number of routes costs, it comes on top.
pub(super) fn numbers(routes: usize) -> Range<usize> {
    if routes == 1 { TARGET..TARGET + 1 } else { 0..routes - 1 }
}

/// Every file of the app folder of this size, with its path inside it.
pub fn files(routes: usize) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = numbers(routes)
        .map(|number| (format!("api/r{number}/[id]/route.rs"), param_route(number)))
        .collect();
    files.push(("text/route.rs".to_owned(), TEXT_ROUTE.to_owned()));
    files
}

/// The files beside the app folder of `fronted`: a proxy and 50 rules of each kind. None of them concerns the requests
/// of the other subjects, and half of them begin as those do; one rewrite has a text as its source.
pub fn front() -> [(&'static str, String); 2] {
    let mut rules = plain();
    for number in 0..50 {
        let folder = if number % 2 == 0 { "/api/old" } else { "/old" };
        // Writing to a string cannot fail.
        let _ = write!(
            rules,
            "\n[[redirects]]\nsource = \"{folder}-{number}/:slug\"\ndestination = \"/text?was=:slug\"\n\
             permanent = true\n\
             \n[[headers]]\nsource = \"{folder}-{number}/:path*\"\nheaders = {{ \"x-number\" = \"{number}\" }}\n",
        );
    }
    for number in 0..49 {
        let folder = if number % 2 == 0 { "/api/new" } else { "/new" };
        let table = ["before", "after", "fallback"][number % 3];
        let _ = write!(
            rules,
            "\n[[rewrites.{table}]]\nsource = \"{folder}-{number}/:id\"\ndestination = \"/api/r17/:id\"\n",
        );
    }
    rules += "\n[[rewrites.before]]\nsource = \"/renamed\"\ndestination = \"/text\"\n";
    [("bff.toml", rules), ("proxy.rs", PROXY.to_owned())]
}

/// The `bff.toml` of the other apps.
pub fn configs() -> [(String, String); 3] {
    [("one", plain()), ("fifty_one", plain()), ("guarded", guards())]
        .map(|(app, text)| (format!("{app}/bff.toml"), text))
}

/// The `bff.toml` of an app that answers with the headers of a router by hand.
fn plain() -> String {
    format!("{WRITTEN}\nsecurity_headers = false\n")
}

/// The `bff.toml` of an app that guards every route.
fn guards() -> String {
    format!(
        "{WRITTEN}\n[[rules]]\nsource = \"/:path*\"\ntimeout = \"30s\"\nbody_limit = \"64KiB\"\n\
         rate_limit = \"1000000/s\"\ncors = \"https://app.example.com\"\n"
    )
}

const WRITTEN: &str =
    "# Of the dispatch benchmark; written by `cargo run -p bff-benches --bin fixtures`.\n";

const PROXY: &str = "\
//! The proxy of the dispatch benchmark; written by `cargo run -p bff-benches --bin fixtures`.

use bff::proxy::{self, Proxied};

#[bff::proxy(matcher = [\"/dashboard/:path*\", \"/account\"])]
async fn proxy() -> Proxied {
    proxy::next()
}
";

/// Writes an app folder anew.
///
/// # Errors
/// When the disk refuses.
pub fn write(app: &Path, routes: usize) -> io::Result<()> {
    if app.exists() {
        fs::remove_dir_all(app)?;
    }
    for (path, text) in files(routes) {
        let path = app.join(path);
        fs::create_dir_all(path.parent().unwrap_or(app))?;
        fs::write(path, text)?;
    }
    Ok(())
}

fn param_route(number: usize) -> String {
    format!(
        "\
//! Route {number} of the dispatch benchmark; written by `cargo run -p bff-benches --bin fixtures`.

use bff::{{Json, Problem, Result, get, http::StatusCode, post}};

use crate::dispatch::model::{{NewPost, Post}};

#[get]
async fn show(id: u64) -> Json<Post> {{
    Json(Post::sample(id))
}}

#[post]
async fn create(id: u64, Json(new): Json<NewPost>) -> Result<Json<NewPost>> {{
    let _ = id;
    if new.is_valid() {{ Ok(Json(new)) }} else {{ Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY).into()) }}
}}
"
    )
}

const TEXT_ROUTE: &str = "\
//! The text route of the dispatch benchmark; written by `cargo run -p bff-benches --bin fixtures`.

use bff::get;

use crate::dispatch::model::TEXT;

#[get]
async fn text() -> &'static str {
    TEXT
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_folders_are_as_they_would_be_written_now() {
        let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("apps");
        for (name, routes) in [("one", 1), ("fifty_one", 51), ("fronted", 1), ("guarded", 1)] {
            let app = apps.join(name).join("app");
            for (path, text) in files(routes) {
                assert_eq!(
                    fs::read_to_string(app.join(&path)).expect("a fixture"),
                    text,
                    "{name}: {path}"
                );
            }
        }
        let front = front().map(|(path, text)| (format!("fronted/{path}"), text));
        for (path, text) in front.into_iter().chain(configs()) {
            assert_eq!(fs::read_to_string(apps.join(&path)).expect("a fixture"), text, "{path}");
        }
    }
}
