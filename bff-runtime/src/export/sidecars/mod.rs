//! The files beside those of the app: what a host has to know of them.

mod headers;
mod manifest;
mod redirects;

pub(super) use self::{
    headers::{headers_of, headers_text},
    manifest::{Manifest, manifest_text},
    redirects::redirect_lines,
};

/// What headers each file has.
pub(super) const HEADERS: &str = "_headers";
/// Where a path leads that has no file.
pub(super) const REDIRECTS: &str = "_redirects";
/// The folder of what is bff's own (PF-15).
pub(super) const OWN: &str = "_bff";
/// What was written, and from what.
pub(super) const MANIFEST: &str = "_bff/manifest.json";
