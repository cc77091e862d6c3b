pub fn all() -> Vec<String> {
    Vec::new()
}
