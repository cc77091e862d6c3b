use super::request;

fn read(lines: &[&[u8]]) -> Vec<(String, String)> {
    request(lines).iter().collect()
}

#[test]
fn v35_rh_153_rh_154_rh_155_rh_156_rh_157_cookies_are_read_as_the_rows_say() {
    type Pairs = &'static [(&'static str, &'static str)];
    let cases: [(&[u8], Pairs); 22] = [
        (
            b"a=1; b=x%20y; a=2; noval; empty=",
            &[("a", "2"), ("b", "x y"), ("noval", ""), ("empty", "")],
        ),
        // RH-153: the first equals sign cuts, spaces after a semicolon are optional.
        (b"a=1;b=2;  c=3", &[("a", "1"), ("b", "2"), ("c", "3")]),
        (b"a=b=c", &[("a", "b=c")]),
        (b"a==", &[("a", "=")]),
        (b"a=%C3%A9%e6%97%a5", &[("a", "é日")]),
        (b"a=%253D", &[("a", "%3D")]),
        (b"a=1+1", &[("a", "1+1")]),
        (b"%61=1", &[("%61", "1")]),
        // RH-155: what was never encoded stays as it came.
        (b"bad=%E0%A4", &[("bad", "%E0%A4")]),
        (b"a=100%", &[("a", "100%")]),
        (b"a=%2", &[("a", "%2")]),
        (b"a=%zz%20", &[("a", "%zz%20")]),
        (b"a=\xe9", &[("a", "\u{fffd}")]),
        ("a=é".as_bytes(), &[("a", "é")]),
        // RH-156: quotes and spaces belong to what they stand in.
        (b"a=\"1 2\"", &[("a", "\"1 2\"")]),
        (b"a= 1 ; b=2", &[("a", " 1 "), ("b", "2")]),
        (b"a b=1", &[("a b", "1")]),
        (b"a =1; a=2", &[("a ", "1"), ("a", "2")]),
        // Nothing that has no name is a cookie.
        (b"=1; ; =; a=1", &[("a", "1")]),
        (b"", &[]),
        (b";;;", &[]),
        // A comma has not separated cookies since RFC 2965.
        (b"a=1, b=2", &[("a", "1, b=2")]),
    ];
    for (line, expected) in cases {
        let expected: Vec<_> =
            expected.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        assert_eq!(read(&[line]), expected, "{}", line.escape_ascii());
    }
}

#[test]
fn rh_153_several_lines_are_one_list() {
    let cookies = request(&[b"a=1; b=2", b"c=3", b"a=4"]);
    assert_eq!(cookies.to_string(), "a=4; b=2; c=3");
    assert_eq!(cookies.len(), 3);
    assert!(!cookies.is_empty());
}

#[test]
fn rh_154_a_name_has_one_value() {
    let cookies = request(&[b"a=1; b=2; a=3"]);
    assert_eq!(cookies.get("a").as_deref(), Some("3"));
    assert_eq!(cookies.get_all("a"), ["3"]);
    assert!(cookies.get_all("c").is_empty());
}

#[test]
fn rh_157_names_are_compared_byte_by_byte() {
    let cookies = request(&[b"a=1; __Host-id=real; __host-id=twin; __Host-id =spaced"]);
    assert!(cookies.has("a") && !cookies.has("A"));
    assert_eq!(cookies.get("__Host-id").as_deref(), Some("real"));
}

#[test]
fn what_is_read_of_one_request_has_a_limit() {
    let pairs = |count: usize| {
        let pairs: Vec<String> = (0..count).map(|index| format!("n{index}={index}")).collect();
        pairs.join("; ").into_bytes()
    };
    assert_eq!(read(&[&pairs(180)]).len(), 180);
    assert_eq!(read(&[&pairs(300)]).len(), 180);
    assert_eq!(read(&[&pairs(100), &pairs(300)]).len(), 100);

    let long = [b"a=".as_slice(), &[b'x'; 32 * 1024 - 3]].concat();
    assert_eq!(read(&[&long]).len(), 1);
    assert_eq!(read(&[&long, b"b=1"]).len(), 1);
    assert_eq!(read(&[b"b=1", &long]).len(), 1);
    assert_eq!(read(&[b"b=1", &long])[0].0, "b");
}
