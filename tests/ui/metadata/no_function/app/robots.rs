fn robots() -> &'static str {
    "User-agent: *"
}
