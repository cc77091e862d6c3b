//! Metadata files: icons, social images, sitemaps, `robots.txt` and the manifest of a web app, each a file in the app
//! folder that is served as it is or a function that makes it (section 14 of the configuration specification).

mod alt;
mod attribute;
mod code;
mod function;
mod image;
mod kind;
mod name;
mod route;

pub use self::{
    attribute::{ImageArgs, MetadataAttribute},
    code::MetadataCode,
    function::{metadata_elsewhere, metadata_function},
    image::ImageFile,
    kind::MetadataKind,
    name::MetadataName,
    route::{Metadata, MetadataForm, metadata_pattern},
};

pub(crate) use self::{
    alt::{ALT, alt_text},
    name::{FileName, NearName},
    route::ID,
};
