//! Tells cargo where the routes come from, so that a new or removed one starts a build.

use std::path::Path;

const ROOT: [&str; 7] = [
    "build.rs",
    "app",
    "pages",
    "proxy.rs",
    "instrumentation.rs",
    "public",
    "bff.toml",
];
const SRC: [&str; 4] = [
    "src/app",
    "src/pages",
    "src/proxy.rs",
    "src/instrumentation.rs",
];

fn main() {
    for path in ROOT.into_iter().chain(SRC) {
        // Cargo takes a path that does not exist for one that has always just changed. One that is created later is
        // seen once anything here changes.
        if Path::new(path).exists() {
            println!("cargo::rerun-if-changed={path}");
        }
    }
}
