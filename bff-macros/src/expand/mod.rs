//! Pure functions from what `bff-tree` found to tokens. None of them can fail.

mod app;
mod handler;
#[expect(dead_code, reason = "`bff.toml` and `#[proxy]` are the first to use it")]
mod patterns;
mod table;
mod urls;

pub(crate) use self::{
    app::{Above, app, app_without_a_tree, app_without_routes},
    handler::{as_it_stands, handler, refused_handler, used_attributes},
};
