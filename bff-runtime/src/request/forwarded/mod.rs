//! Who the client is and which origin it sees, in spite of the proxies in between.
//!
//! `X-Real-IP`, `CF-Connecting-IP`, `X-Forwarded-Port` and their like are never read.

mod caller;
mod client_ip;
mod element;
mod host;
mod network;
mod origin;
mod public_origin;
mod report;
mod trusted_proxies;

#[cfg(test)]
mod tests;

pub use self::{
    client_ip::ClientIp,
    origin::{InvalidOrigin, Origin},
    public_origin::PublicOrigin,
    trusted_proxies::{ForwardedHeader, InvalidProxies, TrustedProxies},
};

pub(crate) use self::{caller::Caller, client_ip::client_ip, public_origin::public_origin};

use self::host::Host;
