//! Who the client is and which origin it sees, in spite of the proxies in between.
//!
//! `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Forwarded-Host` and `Forwarded` (RFC 7239) can be sent by anybody.
//! They count for nothing unless the connection comes from one of the [`TrustedProxies`], and then only as far as
//! an unbroken chain of trusted proxies vouches for them. By default no proxy is trusted.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> bff::Result {
//! use bff::{
//!     axum::{Router, routing::get},
//!     request::{ClientIp, TrustedProxies},
//! };
//!
//! async fn whoami(ClientIp(ip): ClientIp) -> String {
//!     ip.to_string()
//! }
//!
//! let proxies: TrustedProxies = "10.0.0.0/8, 127.0.0.1".parse()?;
//! let client = bff::testing::client(Router::new().route("/", get(whoami)).layer(proxies));
//! let response = client.get("/").header("x-forwarded-for", "192.0.2.7").await;
//! assert_eq!(response.text(), "192.0.2.7");
//! # Ok(())
//! # }
//! ```
//!
//! `X-Real-IP`, `CF-Connecting-IP`, `X-Forwarded-Port` and their like are never read.

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

pub(crate) use self::{client_ip::client_ip, public_origin::public_origin};

use self::host::Host;
