fn main() {
    for path in ["app", "public", "build.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
}
