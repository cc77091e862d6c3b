//! Reading a body: within a limit, at a pace, as what its content type says.
//!
//! ```text
//! Request ─► read: limit ─► pace ─► bytes ─► json, form, text
//!                              └──► chunks ─► multipart: parser ─► Part ─► FormData
//! ```
//!
//! Everything that a client does wrong ends as a [`Problem`](crate::Problem).

mod content_type;
mod depth;
mod failure;
mod file;
mod file_name;
mod form;
mod form_data;
mod form_limits;
mod genuine;
mod json;
mod json_limits;
mod limits;
mod multipart;
mod pace;
mod read;
mod text;

pub use self::{
    file::UploadedFile,
    form::Form,
    form_data::{FormData, FormValue},
    form_limits::FormLimits,
    json_limits::JsonLimits,
    multipart::{Multipart, Part, PartReader},
};

pub(crate) use self::{
    failure::too_large,
    genuine::{form_or_json, read_within},
    pace::Paced,
};

pub(super) use self::{form::form, json::json, read::read, text::text};
