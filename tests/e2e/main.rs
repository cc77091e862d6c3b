//! What an app does, row by row of the spec, seen from the other end of a socket.
//!
//! The expectations come from the spec alone. A test is named after its row; the apps that are served have
//! a folder for each situation, in `tests/apps`.

mod support;

mod apps;
mod vectors;

mod access_log;
mod after;
mod based;
mod body;
mod cache;
mod cached;
mod canonical;
mod composition;
mod cookies;
mod cors;
mod csrf;
mod draft;
mod export;
mod factories;
mod guarded;
mod head;
mod health;
mod instrumentation;
mod limits;
mod literals;
mod metadata;
mod methods;
mod pages;
mod params;
mod paths;
mod precedence;
mod proxy;
mod proxy_bypass;
mod proxy_forward;
mod proxy_matcher;
mod public;
mod rate_limit;
mod request;
mod request_id;
mod responses;
mod results;
mod routes;
mod rules;
mod secrets;
mod security_headers;
mod server_timing;
mod session;
mod smuggling;
mod spans;
mod state;
mod upstream;
mod valid;
mod webhook;
mod ws;
