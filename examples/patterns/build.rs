fn main() {
    // One folder of files for each program.
    println!("cargo::rerun-if-changed=.");
}
