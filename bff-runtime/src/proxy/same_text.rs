/// Whether two texts are the same, for constants: `==` on strings is not for them yet.
pub const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::same_text;

    #[test]
    fn texts_are_compared_byte_by_byte() {
        for (a, b, expected) in
            [("", "", true), ("/a", "/a", true), ("/a", "/b", false), ("/a", "/ab", false)]
        {
            assert_eq!(same_text(a, b), expected, "{a} {b}");
        }
    }
}
