//! Over real sockets: an upstream of which every byte is seen, and in front of it either `forward` itself or a
//! whole server with it.

mod harness;
mod peer;

mod cached;
mod calls;
mod disconnects;
mod framing;
mod http2;
mod joins;
mod requests;
mod responses;
mod rewrites;
mod smuggling;
mod ssrf;
mod timeouts;
#[cfg(feature = "tls")]
pub(super) mod tls;
mod upgrades;
