//! `multipart/form-data` (RFC 7578), part by part and chunk by chunk.
//!
//! [`parser`] knows the grammar and nothing else, `head` the headers of a part; [`Multipart`] joins them to a body.
//! The parser is our own: what it holds is bounded by the largest chunk of the body and the limit on headers, however
//! the bytes are cut.

mod head;
mod parser;
mod part;
mod reader;

pub use self::{part::Part, reader::Multipart};
