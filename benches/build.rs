//! New folders below the fixture apps make the benchmarks compile again.

fn main() {
    for path in ["apps", "build.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
}
