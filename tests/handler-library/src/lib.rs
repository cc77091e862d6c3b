//! Handlers ready-made, as a library brings them to an app (RH-409), wrappers that compose (RH-410), and proxies.
//!
//! It knows `bff` and no app: what it needs of one is in its arguments.

mod auth;
mod gate;
mod wrappers;

pub use self::{
    auth::{AuthConfig, auth},
    gate::{GateConfig, gate, stamp},
    wrappers::{with_auth, with_header},
};
