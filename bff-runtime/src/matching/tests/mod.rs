//! Sections 3 to 6 of the specification at request time, and its vectors (annex 5).
//!
//! The patterns are compiled by `bff-tree`, as the macro does it, so that these tests see what users get.

mod conditions;
mod destinations;
mod headers;
mod matcher;
mod oracle;
mod properties;
pub(crate) mod support;
mod time;
