use proptest::prelude::*;

use super::*;

/// What a body is, fed in pieces of this size: names with contents.
fn read(body: &[u8], piece: usize, limits: &FormLimits) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut parser = Parser::new("X", limits);
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut pieces = body.chunks(piece);
    loop {
        match parser.next().map_err(|fault| format!("{fault:?}"))? {
            Event::Starved => match pieces.next() {
                Some(piece) => parser.push(piece),
                None if parser.has_ended() => return Ok(parts),
                None => return Err("incomplete".to_owned()),
            },
            Event::Part(head) => parts.push((head.name, Vec::new())),
            Event::Content(bytes) => parts.last_mut().unwrap().1.extend_from_slice(&bytes),
            Event::PartEnd => {}
        }
        let held = limits.part_header_bytes + 2 * piece + AROUND_PARTS;
        assert!(parser.buffer.len() <= held, "{} bytes are held", parser.buffer.len());
    }
}

fn part(name: &str, content: &str) -> String {
    format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
}

#[test]
fn rh_109_parts_are_the_same_however_the_bytes_are_cut() {
    for (body, expected) in [
        ("--X--\r\n".to_owned(), vec![]),
        ("--X--".to_owned(), vec![]),
        (part("a", "1") + &part("b", "") + "--X--\r\n", vec![("a", "1"), ("b", "")]),
        ("preamble\r\n".to_owned() + &part("a", "1") + "--X-- \r\nepilogue", vec![("a", "1")]),
        (
            part("a", "\r\n--\r\n--Y\r\n-").replace("--X\r\n", "--X \t\r\n") + "--X--",
            vec![("a", "\r\n--\r\n--Y\r\n-")],
        ),
        (part("a", "\r\r\r\n\r\n-\r\n--") + "--X--", vec![("a", "\r\r\r\n\r\n-\r\n--")]),
        (part("a", "x --X y\n--X\n") + "--X--", vec![("a", "x --X y\n--X\n")]),
        (part("a", "one") + &part("a", "two") + "--X--", vec![("a", "one"), ("a", "two")]),
    ] {
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect();
        for piece in 1..=body.len() {
            let found = read(body.as_bytes(), piece, &FormLimits::new());
            assert_eq!(found.as_ref(), Ok(&expected), "{body:?} in pieces of {piece}");
        }
    }
}

#[test]
fn rh_110_a_malformed_body_is_refused_however_the_bytes_are_cut() {
    for body in [
        "".to_owned(),
        "--X".to_owned(),
        "--Y--".to_owned(),
        "{\"a\": 1}".to_owned(),
        "--X-\r\n".to_owned(),
        "--X\n\n".to_owned(),
        "--X\r\n\r\nno headers\r\n--X--".to_owned(),
        "--X\r\nContent-Disposition: form-data; name=a\r\n\r\nunfinished".to_owned(),
        part("a", "1"),
        part("a", "1") + "--X",
        part("a", "1") + "--X-",
        part("a", "1\r\n--Xtra") + "--X--",
        part("a", "1") + "--X--".repeat(2000).as_str(),
        "x".repeat(5000) + "\r\n--X--",
        format!("--X{}\r\n", " ".repeat(5000)),
    ] {
        for piece in [1, 2, 3, 7, 64, 100_000] {
            let found = read(body.as_bytes(), piece, &FormLimits::new());
            assert!(found.is_err(), "{body:.80} in pieces of {piece}: {found:?}");
        }
    }
}

#[test]
fn rh_109_the_head_of_a_part_is_bounded_at_its_limit() {
    let body = "--X\r\nContent-Disposition: form-data; name=a\r\nX: y\r\n\r\n1\r\n--X--";
    let bytes = body.find("1\r\n--X--").unwrap() - "--X\r\n".len();
    for (lines, limit, expected) in [
        (2, bytes, None),
        (1, bytes, Some("Headers")),
        (2, bytes - 1, Some("HeaderBytes")),
        (3, bytes + 1, None),
    ] {
        for piece in [1, 5, body.len()] {
            let limits = FormLimits::new().part_headers(lines, limit);
            let found = read(body.as_bytes(), piece, &limits).err();
            assert_eq!(found.as_deref(), expected, "{lines} lines, {limit} bytes");
        }
    }
    // A head that never ends is not waited for.
    let endless = "--X\r\nX: ".to_owned() + &"y".repeat(100_000);
    assert_eq!(read(endless.as_bytes(), 1000, &FormLimits::new()), Err("HeaderBytes".to_owned()));
}

proptest! {
    #[test]
    fn rh_109_what_is_written_is_read(
        parts in prop::collection::vec(("[a-z \"%é]{0,8}", prop::collection::vec(any::<u8>(), 0..200)), 0..5),
        piece in 1_usize..80,
    ) {
        let mut body = Vec::new();
        for (name, content) in &parts {
            prop_assume!(memchr::memmem::find(content, b"--X").is_none());
            body.extend_from_slice(b"--X\r\nContent-Disposition: form-data; name=\"");
            prop_assume!(!name.contains("%22"));
            body.extend_from_slice(name.replace('"', "%22").as_bytes());
            body.extend_from_slice(b"\"\r\n\r\n");
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--X--\r\n");
        prop_assert_eq!(read(&body, piece, &FormLimits::new()), Ok(parts));
    }

    #[test]
    fn rh_110_any_bytes_are_parts_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        pieces in prop::collection::vec(0_usize..9, 0..60),
        piece in 1_usize..50,
    ) {
        const WORDS: [&[u8]; 9] = [
            b"--X", b"\r\n", b"--", b"Content-Disposition: form-data; name=a", b"X:", b"\r", b"\n", b" ", b"\"",
        ];
        let _ = read(&bytes, piece, &FormLimits::new());
        let words: Vec<u8> = pieces.iter().flat_map(|word| WORDS[*word]).copied().collect();
        let found = read(&words, piece, &FormLimits::new());
        prop_assert_eq!(found, read(&words, 1, &FormLimits::new()));
    }
}
