//! Where the time of a request went, told to the browser's developer tools (W3C Server Timing).
//!
//! ```
//! use bff::server_timing::ServerTiming;
//!
//! async fn list(timing: ServerTiming) -> String {
//!     let posts = {
//!         let _db = timing.start("db");
//!         load().await
//!     };
//!     let _render = timing.start("render");
//!     posts.join("\n")
//! }
//! # async fn load() -> Vec<String> { Vec::new() }
//! ```
//!
//! The response then has `server-timing: db;dur=12.345, render;dur=0.021`.
//!
//! In production nothing is sent unless the program says so with [`ServerTiming::publish`]: how long a server
//! takes for what tells an attacker more than it tells a user.

mod metric;
mod timing;

pub use self::timing::{ServerTiming, Span};
