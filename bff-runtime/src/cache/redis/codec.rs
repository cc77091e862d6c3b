//! An entry as bytes.

use std::time::Duration;

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};

use crate::cache::{
    Entry, Name, Version,
    entry::{Answer, Terms},
    message::Message,
};

/// Of another layout nothing is read: instances of two releases share a Redis while one replaces the other.
const LAYOUT: &[u8] = b"bff2";

/// No limit.
const NEVER: u64 = u64::MAX;

/// After the layout come when it was made, what was known then, for how long it is good and kept (8 bytes each, in
/// milliseconds), the number of its names (2 bytes), each name with its length (4 bytes), and the answer. Numbers have
/// their highest byte first.
///
/// `None` when it has more than any answer has.
pub(super) fn encode(entry: &Entry) -> Option<Bytes> {
    let Answer { status, headers, body } = entry.answer.clone();
    let message = Message { status, headers, body }.encode()?;
    let Terms { revalidate, expire, names } = &entry.terms;
    let mut out = BytesMut::with_capacity(message.len() + 256);
    out.put_slice(LAYOUT);
    for number in [entry.made_at, entry.as_of.0, revalidate.map_or(NEVER, millis), millis(*expire)]
    {
        out.put_u64(number);
    }
    out.put_u16(u16::try_from(names.len()).ok()?);
    for name in names {
        out.put_u32(u32::try_from(name.as_str().len()).ok()?);
        out.put_slice(name.as_str().as_bytes());
    }
    out.put_slice(&message);
    Some(out.freeze())
}

/// `None` for anything that [`encode`] has not written.
pub(super) fn decode(bytes: Vec<u8>) -> Option<Entry> {
    let mut bytes = Bytes::from(bytes);
    if take(&mut bytes, LAYOUT.len())? != LAYOUT {
        return None;
    }
    let mut number = || (bytes.len() >= 8).then(|| bytes.get_u64());
    let (made_at, as_of) = (number()?, Version(number()?));
    let revalidate = Some(number()?).filter(|it| *it != NEVER).map(Duration::from_millis);
    let expire = Duration::from_millis(number()?);
    let count = (bytes.len() >= 2).then(|| bytes.get_u16())?;
    let mut names = Vec::new();
    for _ in 0..count {
        let length = (bytes.len() >= 4).then(|| bytes.get_u32())?;
        let name = take(&mut bytes, usize::try_from(length).ok()?)?;
        names.push(Name::from_text(std::str::from_utf8(&name).ok()?));
    }
    let Message { status, headers, body } = Message::decode(bytes)?;
    let terms = Terms { revalidate, expire, names };
    Some(Entry::new(Answer { status, headers, body }, terms, made_at, as_of))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(NEVER)
}

fn take(bytes: &mut Bytes, length: usize) -> Option<Bytes> {
    (length <= bytes.len()).then(|| bytes.split_to(length))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, StatusCode, header};

    use super::*;

    fn entry(revalidate: Option<u64>, names: &[&str], body: &'static [u8]) -> Entry {
        let headers =
            HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("a/b"))]);
        let answer = Answer { status: StatusCode::OK, headers, body: Bytes::from_static(body) };
        let terms = Terms {
            revalidate: revalidate.map(Duration::from_millis),
            expire: Duration::from_millis(9),
            names: names.iter().map(|name| Name::tag(name)).collect(),
        };
        Entry::new(answer, terms, 7, Version(1 << 50))
    }

    #[test]
    fn rh_262_an_entry_is_read_as_it_was_written() {
        for entry in [
            entry(None, &[], b""),
            entry(Some(5), &["posts"], b"body"),
            entry(Some(0), &["a b", "\u{fc}"], &[0; 1000]),
        ] {
            let read = decode(encode(&entry).unwrap().to_vec()).unwrap();
            assert_eq!((read.made_at, read.as_of), (entry.made_at, entry.as_of));
            assert_eq!(read.terms, entry.terms);
            assert_eq!(read.answer.headers, entry.answer.headers);
            assert_eq!(
                (read.answer.status, &read.answer.body),
                (StatusCode::OK, &entry.answer.body)
            );
        }
    }

    #[test]
    fn security_47_bytes_that_are_no_entry_are_none() {
        let whole = encode(&entry(Some(5), &["a", "b"], b"")).unwrap().to_vec();
        for end in 0..whole.len() {
            assert!(decode(whole[..end].to_vec()).is_none(), "{end}");
        }
        let mut other = whole;
        other[3] ^= 1;
        assert!(decode(other).is_none());
        assert!(decode(b"<html>".to_vec()).is_none());
    }
}
