//! One helper for each boundary: a server for a router, a client that shows every byte of an answer, a body
//! that tells what becomes of it.

mod answer;
mod call;
mod chunks;
mod connection;
mod log;
mod server;
mod time;

pub(crate) use self::{
    answer::{Answer, HEADERS_OF_DATA},
    call::{Call, call},
    chunks::{Chunks, Events},
    connection::{Connection, raw},
    log::Log,
    server::{Server, in_process},
    time::within,
};
