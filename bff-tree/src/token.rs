/// True for a name of a header (RFC 9110 section 5.6.2); cookies have the same (RFC 6265 section 4.1.1).
pub(crate) fn is_token(name: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.len() <= 128 && name.bytes().all(is_tchar)
}
