//! `multipart/form-data` (RFC 7578), part by part and chunk by chunk.
//!
//! [`parser`] knows the grammar and nothing else, `head` the headers of a part; [`PartReader`] joins them to a body,
//! and `fields` and `values` make a type of the program of them. The parser is our own: what it holds is bounded by
//! the largest chunk of the body and the limit on headers, however the bytes are cut.

mod extract;
mod fields;
mod head;
mod parser;
mod part;
mod reader;
mod values;

pub use self::{extract::Multipart, part::Part, reader::PartReader};
