fn main() {
    for path in ["apps", "build.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
}
