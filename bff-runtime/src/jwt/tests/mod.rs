//! Tokens that are refused and those that are not, as tables.

mod bearer;
mod claims;
mod headers;
mod jwks;
mod keys;
mod support;
mod vectors;
