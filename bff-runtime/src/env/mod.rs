//! Environment variables and `.env` files (rows EV-01 … EV-08).
//!
//! [`var`], [`var_opt`] and [`parse`](crate::env::parse()) look at the environment of the process
//! first and then at the `.env` files of the current directory, which are read once, when a name
//! is first looked up that the process does not define. [`secret`] does the same for what no log may
//! show. The framework reads its own settings
//! (`HOST`, `PORT`, `SESSION_KEYS`, `${…}` in `bff.toml`) in the same way.
//!
//! Which files count depends on the [`Mode`], highest priority first:
//!
//! | mode | files |
//! |---|---|
//! | development | `.env.development.local`, `.env.local`, `.env.development`, `.env` |
//! | production | `.env.production.local`, `.env.local`, `.env.production`, `.env` |
//! | test | `.env.test.local`, `.env.test`, `.env` |
//!
//! The first definition wins, and the process wins over all files, even with an empty value.
//!
//! # Syntax
//!
//! ```text
//! # a comment
//! PORT=4000                     # everything after a number sign is a comment
//! export GREETING="hello\n# this is no comment"
//! RAW='taken as it stands: $PORT'
//! KEY="-----BEGIN KEY-----
//! a quoted value may have many lines
//! -----END KEY-----"
//! URL=http://localhost:${PORT}/${PREFIX:-v1}
//! PRICE=\$5
//! ```
//!
//! `$NAME`, `${NAME}` and `${NAME:-default}` are replaced everywhere but in single quotes, with the
//! value that wins in the end and not the one that the same file gives. A quote or a backslash
//! inside quotes stays as it is; only `\n` and `\r` are read in double quotes.
//!
//! # Not to be confused with
//!
//! `std::env`: values from files are *not* put into the environment of the process, because
//! changing it is unsafe while other threads run. `std::env::var` and child processes do not see
//! them.
//!
//! Invariant: nothing here writes a value to a log or to an error.

mod expand;
mod file_error;
mod files;
mod layers;
mod load;
mod lookup;
mod mode;
mod parse;
mod var_error;

pub use file_error::FileError;
pub use load::{Env, load};
pub(crate) use lookup::of_process;
pub use lookup::{files, mode, parse, secret, var, var_opt};
pub use mode::Mode;
pub use var_error::VarError;

#[cfg(test)]
mod tests;
