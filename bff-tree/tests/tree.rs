//! What an app folder means, row by row of the specification; the tests are data.
//!
//! A test that begins with `rh_` asserts the row of that number, or what bff does in its place
//! (`docs/deviations.md`).

mod tree {
    mod config;
    mod conflicts;
    mod conventions;
    mod disk;
    mod explained;
    mod handlers;
    mod instrumentation;
    mod metadata;
    mod near_misses;
    mod order;
    mod pages;
    mod path_patterns;
    mod policies;
    mod precedence;
    mod properties;
    mod route_files;
    mod segments;
    mod support;
}
