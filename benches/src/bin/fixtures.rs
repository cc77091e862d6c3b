//! Writes the app folders that the dispatch benchmark is compiled from.

use std::{fs, io, path::Path};

use bff_benches::dispatch::fixture;

fn main() -> io::Result<()> {
    let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("apps");
    fixture::write(&apps.join("one/app"), 1)?;
    fixture::write(&apps.join("fifty_one/app"), 51)?;
    fixture::write(&apps.join("fronted/app"), 1)?;
    fixture::write(&apps.join("guarded/app"), 1)?;
    fixture::configs().iter().try_for_each(|(path, text)| fs::write(apps.join(path), text))?;
    fixture::front()
        .iter()
        .try_for_each(|(path, text)| fs::write(apps.join("fronted").join(path), text))
}
