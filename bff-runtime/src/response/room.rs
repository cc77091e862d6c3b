use std::cell::Cell;

use http::HeaderMap;

thread_local! {
    static EXPECTED: Cell<usize> = const { Cell::new(0) };
}

/// Says how many headers the response will have that is about to be made on this thread. It is a hint: a map that grows
/// allocates again and hashes all of its names again.
pub(crate) fn expect_headers(number: usize) {
    EXPECTED.set(number);
}

/// Makes room in the headers of a new response for those that are expected.
#[inline]
pub(super) fn make(headers: &mut HeaderMap) {
    let expected = EXPECTED.get();
    if expected > 0 {
        headers.reserve(expected);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_what_is_expected() {
        for expected in [0, 10] {
            let mut headers = HeaderMap::new();
            expect_headers(expected);
            make(&mut headers);
            assert_eq!(headers.capacity() >= 10, expected == 10);
        }
        expect_headers(0);
    }
}
