//! Handlers ready-made, as a library brings them to an app (RH-409), and wrappers that compose (RH-410).
//!
//! It knows `bff` and no app: what it needs of one is in its arguments.

mod auth;
mod wrappers;

pub use self::{
    auth::{AuthConfig, auth},
    wrappers::{with_auth, with_header},
};
