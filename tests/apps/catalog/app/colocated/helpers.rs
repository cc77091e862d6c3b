pub(super) fn text() -> &'static str {
    "from the helper beside"
}
