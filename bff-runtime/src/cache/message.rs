use bytes::{BufMut as _, Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// A response as bytes, for where it is kept: the status, the number of header lines (2 bytes each), every line as its
/// name and its value with their lengths (4 bytes each), and the body. Numbers have their highest byte first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Message {
    /// `None` when it has more than any response has.
    pub(crate) fn encode(&self) -> Option<Bytes> {
        let mut out = BytesMut::with_capacity(self.body.len() + 512);
        out.put_u16(self.status.as_u16());
        out.put_u16(u16::try_from(self.headers.len()).ok()?);
        for (name, value) in &self.headers {
            for text in [name.as_str().as_bytes(), value.as_bytes()] {
                out.put_u32(u32::try_from(text.len()).ok()?);
                out.put_slice(text);
            }
        }
        out.put_slice(&self.body);
        Some(out.freeze())
    }

    /// `None` for anything that [`encode`](Self::encode) has not written.
    pub(crate) fn decode(mut bytes: Bytes) -> Option<Self> {
        let status = StatusCode::from_u16(short(&mut bytes)?).ok()?;
        let mut headers = HeaderMap::new();
        for _ in 0..short(&mut bytes)? {
            let name = HeaderName::from_bytes(&text(&mut bytes)?).ok()?;
            let value = HeaderValue::from_maybe_shared(text(&mut bytes)?).ok()?;
            headers.try_append(name, value).ok()?;
        }
        Some(Self { status, headers, body: bytes })
    }
}

fn take(bytes: &mut Bytes, length: usize) -> Option<Bytes> {
    (length <= bytes.len()).then(|| bytes.split_to(length))
}

fn short(bytes: &mut Bytes) -> Option<u16> {
    Some(u16::from_be_bytes(take(bytes, 2)?[..].try_into().ok()?))
}

fn text(bytes: &mut Bytes) -> Option<Bytes> {
    let length = u32::from_be_bytes(take(bytes, 4)?[..].try_into().ok()?);
    take(bytes, usize::try_from(length).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(lines: &[(&'static str, &[u8])], body: &'static [u8]) -> Message {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        Message { status: StatusCode::IM_A_TEAPOT, headers, body: Bytes::from_static(body) }
    }

    #[test]
    fn rh_262_a_response_is_read_as_it_was_written() {
        for message in [
            message(&[], b""),
            message(&[("content-type", b"text/plain"), ("x-name", b"\xfc\t")], b"\0\r\n\r\n"),
            // The order of several lines of a name is part of it.
            message(&[("link", b"a"), ("via", b""), ("link", b"b")], &[255; 1000]),
        ] {
            assert_eq!(Message::decode(message.encode().unwrap()), Some(message));
        }
    }

    #[test]
    fn security_47_bytes_that_are_no_response_are_none() {
        let whole = message(&[("a", b"b"), ("c", b"d")], b"").encode().unwrap();
        for end in 0..whole.len() {
            assert_eq!(Message::decode(whole.slice(..end)), None, "{end}");
        }
        for (position, byte) in [(0, 0xff), (8, b' '), (13, b'\n')] {
            let mut other = whole.to_vec();
            other[position] = byte;
            assert_eq!(Message::decode(other.into()), None, "{position}");
        }
    }
}
