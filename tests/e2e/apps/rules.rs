//! Without state: a `bff.toml` with every kind of rule, and a proxy between them.

bff::app!(dir = "apps/rules/app");
