//! What an app does, row by row of the spec, seen from the other end of a socket.
//!
//! The expectations come from the spec alone. A test is named after its row; the two apps that are served have
//! a folder for each situation, in `tests/apps`.

mod support;

mod apps;
mod vectors;

mod canonical;
mod composition;
mod cookies;
mod head;
mod literals;
mod methods;
mod params;
mod paths;
mod precedence;
mod results;
mod routes;
mod state;
mod upstream;
