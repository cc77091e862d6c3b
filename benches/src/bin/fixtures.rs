//! Writes the app folders that the dispatch benchmark is compiled from.

use std::{io, path::Path};

use bff_benches::dispatch::fixture;

fn main() -> io::Result<()> {
    let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("apps");
    fixture::write(&apps.join("one/app"), 1)?;
    fixture::write(&apps.join("fifty_one/app"), 51)
}
