//! New folders below the fixture apps make the tests compile again.

fn main() {
    for path in ["apps", "ui", "build.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
}
