//! The server: a listener, limits on what a client may do, and an orderly end.
//!
//! [`serve`](crate::serve()) is for a program what `axum::serve` is, with the things around it that a server needs
//! when it stands on the internet: `HOST` and `PORT` (rows DP-03, CL-12, CL-13), a deadline for
//! slow clients, a drain on `SIGTERM` (row DP-10), and a line on the terminal that says where it
//! listens. What it serves is any [`axum::Router`].
//!
//! ```text
//! Place::listen ─► accept ─► Protocols::serve ─► hyper ─► AppService ─► axum::Router
//!                    │            │                 │          │
//!                  Stop ─► DrainSignal ─► Watch  ClientStream ─┴─► Progress ─► Watch: deadlines
//! ```
//!
//! Not to be confused with the pipeline, which decides on URLs: nothing here looks at a request
//! beyond its framing.
//!
//! Invariant: only this folder opens sockets, and it knows no routes.

mod accept;
mod access_log;
mod banner;
mod bind;
mod connection;
mod deadlines;
mod drain;
mod draining;
mod extras;
mod health;
mod limits;
mod log;
mod logged_headers;
mod ports;
mod progress;
mod serve;
mod service;
mod settings;
mod signals;
mod sniff;
mod stop;
mod stream;
mod upload;
mod watch;

pub use serve::{Serve, Serving, serve};

#[cfg(feature = "ws")]
pub(crate) use draining::Draining;

#[cfg(test)]
mod tests;
