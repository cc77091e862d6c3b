//! Without state: a `bff.toml` with a base path and slashes at the end of paths.

bff::app!(dir = "apps/based/app");
