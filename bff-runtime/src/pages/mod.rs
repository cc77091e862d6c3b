#![doc = include_str!("../../docs/pages.md")]

mod body;
mod fields;
mod query;
mod reply;

pub use self::{
    body::Body,
    fields::{Field, Fields},
    query::Query,
    reply::{Reply, ReplyBody},
};
