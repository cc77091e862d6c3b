use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// A path in the spelling that sources of `bff.toml` are compiled to: nothing is escaped that need not be, and escapes
/// have capital letters.
///
/// A route finds `/users/me` under `/users/%6De` as well, and a limit must not be passed by with another spelling.
pub(crate) fn spelled(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte == b'/' || is_plain(byte)) {
        return Cow::Borrowed(path);
    }
    let mut spelled = String::with_capacity(path.len());
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            spelled.push('/');
        }
        for byte in percent_decode_str(segment) {
            if is_plain(byte) {
                spelled.push(char::from(byte));
            } else {
                spelled.push('%');
                spelled.extend([byte >> 4, byte & 15].map(hex_digit));
            }
        }
    }
    Cow::Owned(spelled)
}

/// True for what is not escaped inside of a segment.
fn is_plain(byte: u8) -> bool {
    PLAIN[byte as usize]
}

/// Looked up for each byte of each path that has policies.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        plain[byte as usize] = true;
        byte += 1;
    }
    let escaped = b"\"#<>?`{}\\%/";
    let mut index = 0;
    while index < escaped.len() {
        plain[escaped[index] as usize] = false;
        index += 1;
    }
    plain
};

fn hex_digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_spelling() {
        for (path, expected) in [
            ("/users/me", "/users/me"),
            ("/users/%6De", "/users/me"),
            ("/%75sers/%6d%65", "/users/me"),
            ("/caf%c3%a9/%C3%A9", "/caf%C3%A9/%C3%A9"),
            ("/a%2fb/%2F", "/a%2Fb/%2F"),
            ("/a%20b%3f%23%5c", "/a%20b%3F%23%5C"),
            ("/100%", "/100%25"),
            ("/%2e%2E", "/.."),
            ("/%00%ff", "/%00%FF"),
            ("/caf\u{e9}", "/caf%C3%A9"),
            ("/", "/"),
        ] {
            assert_eq!(spelled(path), expected, "{path}");
        }
    }
}
