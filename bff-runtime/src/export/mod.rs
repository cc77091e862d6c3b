//! The answers of an app as files, for a host that has nothing but files: what `bff export` does.
//!
//! The app is asked in this process, without a socket, for every GET that it makes beforehand, and for the files of
//! `public/`; what it answers is written down. [`bff::serve`](crate::serve()) does that instead of listening when
//! `bff export` has started the program. A program of one's own, or a test, calls [`export`](export()):
//!
//! ```no_run
//! # mod app { pub fn router() -> bff::axum::Router { bff::axum::Router::new() } }
//! # async fn example() -> bff::Result {
//! let exported = bff::export::export(app::router(), "out").await?;
//! println!("{} files", exported.files().len());
//! # Ok(())
//! # }
//! ```
//!
//! # What is written
//!
//! | of the app | in the folder |
//! |---|---|
//! | `#[get(force_static)]`, `#[get(revalidate = "…")]` | the body, at the path of the URL, decoded, without an extension added (EX-02) |
//! | the same in a route with params | one file for each item of its [`#[static_params]`](macro@crate::static_params) |
//! | metadata files, and functions of them that read nothing of a request | the same (EX-11) |
//! | `/` | `index.html`, whatever it holds |
//! | files of `public/` | the same files |
//! | `base_path` | a folder of that name, so that the URLs stay those of the app |
//! | headers of the answers, `[[headers]]` among them | `_headers` |
//! | `[[redirects]]` | `_redirects` |
//! | status, headers, size and SHA-256 of each file | `_bff/manifest.json` |
//!
//! `_headers` and `_redirects` have the form that Netlify, Cloudflare Pages and others read. In `_headers` there is no
//! field that a host makes itself: length, date, tag, and those about one transfer.
//!
//! # `_bff/manifest.json`
//!
//! ```json
//! {
//!   "version": 1,
//!   "generator": "bff 0.1.0",
//!   "files": [
//!     {
//!       "path": "/posts/7",
//!       "file": "posts/7",
//!       "source": "app/posts/[id]/route.rs",
//!       "status": 200,
//!       "headers": [["content-type", "application/json"]],
//!       "bytes": 42,
//!       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
//!     }
//!   ]
//! }
//! ```
//!
//! `path` is that of the URL, encoded. The list is sorted by `file`; the sidecars are not in it. Fields may be added, the
//! number of the version grows with any other change. It stands below `_bff`, where no app has a URL: `public/` may not
//! use that name, folders that begin with `_` are private, and a route that spells it `%5Fbff` is refused here. So an app
//! may have a `/manifest.json` of its own.
//!
//! # What cannot be exported
//!
//! All of it is told at once, with its place, before anything is changed. With
//! [`allow_unsupported`](Export::allow_unsupported) what only a server can do is left out instead: handlers of other
//! methods, or answered at request time; `proxy.rs`; rewrites; rules with conditions. None of these has a part in what the
//! files hold: each is what its own route answers, and a rule with `missing` is not one for everybody.
//!
//! # The folder
//!
//! It is replaced as a whole, and only when everything has succeeded (EX-01). What is there must be an earlier export
//! without anything added, or nothing.

mod asking;
mod collisions;
mod command;
mod error;
mod exported;
mod fetch;
mod findings;
mod name;
mod page;
mod plan;
mod routes;
mod run;
mod sidecars;
mod staging;
mod target;

pub use self::{
    error::{ExportError, Mistake},
    exported::{Exported, ExportedFile},
    run::{Export, export},
};

pub(crate) use self::{
    asking::{Inventory, InventoryRoute, ListParams, answer, is_asked, is_exporting},
    command::by_command,
};
