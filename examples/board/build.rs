fn main() {
    for path in ["app", "build.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
}
