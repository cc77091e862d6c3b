//! The web app manifest (W3C), with the types of its members.
//!
//! [`Manifest`] is the response; the others are parts of it.
//!
//! ```
//! use bff::metadata::{Manifest, manifest::{DisplayMode, Image, Purpose}};
//!
//! // app/manifest.rs has #[bff::metadata::manifest] above it.
//! fn manifest() -> Manifest {
//!     Manifest::new("News")
//!         .start_url("/")
//!         .display(DisplayMode::Standalone)
//!         .theme_color("#8936ff")
//!         .icon(Image::new("/icon-512.png").size(512, 512).purpose(Purpose::Maskable))
//! }
//! ```

mod display;
mod image;
mod launch;
#[expect(clippy::module_inception, reason = "a file has the name of its type")]
mod manifest;
mod protocols;
mod share_target;
mod shortcut;

#[cfg(test)]
mod tests;

pub use self::{
    display::{Direction, DisplayMode, DisplayOverride, Orientation},
    image::{FormFactor, Image, Purpose, Screenshot},
    launch::{ClientMode, FileHandler},
    manifest::Manifest,
    protocols::{ProtocolHandler, RelatedApplication},
    share_target::{ShareEncoding, ShareFile, ShareTarget},
    shortcut::Shortcut,
};
