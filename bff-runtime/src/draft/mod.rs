//! Draft mode: an editor sees what is not published yet, by a cookie that only this server can write.
//!
//! A CMS opens a URL of the app with a secret; the handler checks it, turns draft mode on, and sends the editor
//! to the page (RH-375):
//!
//! ```
//! use bff::{OptionExt, Query, Result, State, draft::Draft, response::{self, Redirect}};
//! # use bff::cookies::KeyRing;
//! # #[derive(serde::Deserialize)] struct Preview { secret: String, slug: String }
//! # #[derive(Clone)] struct Cms;
//! # impl Cms {
//! #     fn knows(&self, secret: &str) -> bool { false }
//! #     async fn path_of(&self, slug: &str) -> Option<String> { None }
//! # }
//!
//! // #[get] in app/api/draft/route.rs
//! async fn preview(
//!     draft: Draft,
//!     State(cms): State<Cms>,
//!     Query(preview): Query<Preview>,
//! ) -> Result<Redirect> {
//!     if !cms.knows(&preview.secret) {
//!         return Err(response::unauthorized());
//!     }
//!     // The path is that of the record. One from the query would be an open redirect.
//!     let path = cms.path_of(&preview.slug).await.or_404("no such page")?;
//!     draft.enable();
//!     Ok(response::redirect(path))
//! }
//!
//! // #[post] in app/api/draft/exit/route.rs: a link would be followed by whoever fetches ahead.
//! async fn exit(draft: Draft) -> Redirect {
//!     draft.disable();
//!     response::see_other("/")
//! }
//!
//! // #[get] in app/posts/[slug]/route.rs
//! async fn show(slug: String, draft: Draft) -> String {
//!     if draft.is_enabled() { format!("the draft of {slug}") } else { format!("{slug}, as published") }
//! }
//! ```
//!
//! The app's state has the keys: a [`KeyRing`](crate::cookies::KeyRing), which the extractor takes with
//! [`FromRef`](axum::extract::FromRef). Instances and releases that share the keys share draft mode; draft mode
//! ends for everybody when the key that signed it leaves the ring.

mod cookie;
mod keys;
mod mode;

#[doc(hidden)]
pub use self::keys::{DraftKeys, NoDraftKeys};
pub use self::mode::Draft;
pub(crate) use self::mode::is_requested;
