//! Signed and encrypted cookies, and their keys.

use super::super::{Cookie, CookieError, Cookies, KeyError, KeyRing};

fn ring(keys: &[u8]) -> KeyRing {
    KeyRing::from_keys(keys.iter().map(|it| [*it; 32])).expect("keys")
}

/// Both kinds, behind one interface, so that each test holds for each.
struct Kind {
    name: &'static str,
    set: fn(&Cookies, &KeyRing, Cookie) -> Result<(), CookieError>,
    get: fn(&Cookies, &KeyRing, &str) -> Option<String>,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "signed",
        set: |cookies, keys, cookie| cookies.signed(keys).set(cookie).map(drop),
        get: |cookies, keys, name| cookies.signed(keys).get(name),
    },
    Kind {
        name: "encrypted",
        set: |cookies, keys, cookie| cookies.encrypted(keys).set(cookie).map(drop),
        get: |cookies, keys, name| cookies.encrypted(keys).get(name),
    },
];

impl Kind {
    /// The value on the wire.
    fn sealed(&self, keys: &KeyRing, name: &str, value: &str) -> String {
        let cookies = Cookies::default();
        (self.set)(&cookies, keys, Cookie::new(name, value).expect("a cookie")).expect("it fits");
        cookies.get(name).expect("it is set")
    }

    fn opened(&self, keys: &KeyRing, name: &str, sealed: &str) -> Option<String> {
        let cookies = Cookies::default();
        cookies.set_value(name, sealed).expect("a cookie");
        (self.get)(&cookies, keys, name)
    }
}

#[test]
fn what_is_sealed_is_opened() {
    for kind in KINDS {
        for value in ["", "7", "a=b; c", "é日\0\r\n", "%20"] {
            let sealed = kind.sealed(&ring(&[1]), "a", value);
            assert_eq!(
                kind.opened(&ring(&[1]), "a", &sealed).as_deref(),
                Some(value),
                "{}",
                kind.name
            );
        }
    }
}

#[test]
fn every_key_opens_and_the_first_one_seals() {
    for kind in KINDS {
        let old = kind.sealed(&ring(&[1]), "a", "7");
        let new = kind.sealed(&ring(&[2, 1]), "a", "7");
        for (keys, sealed, opens) in [
            (&[1][..], &old, true),
            (&[2, 1], &old, true),
            (&[3, 2, 1], &old, true),
            (&[2], &old, false),
            (&[2], &new, true),
            (&[1], &new, false),
        ] {
            let opened = kind.opened(&ring(keys), "a", sealed);
            assert_eq!(opened.is_some(), opens, "{} {keys:?}", kind.name);
        }
    }
}

#[test]
fn nothing_that_was_changed_or_moved_is_opened() {
    let keys = ring(&[1]);
    for kind in KINDS {
        let sealed = kind.sealed(&keys, "a", "user=7");
        for name in ["b", "A", "a1", "__Host"] {
            assert_eq!(kind.opened(&keys, name, &sealed), None, "{} as {name}", kind.name);
        }
        for end in 0..sealed.len() {
            assert_eq!(kind.opened(&keys, "a", &sealed[..end]), None, "{} cut at {end}", kind.name);
        }
        for index in 0..sealed.len() {
            for bit in 0..7 {
                let mut octets = sealed.clone().into_bytes();
                octets[index] ^= 1 << bit;
                let flipped = String::from_utf8(octets).expect("ASCII");
                assert_eq!(kind.opened(&keys, "a", &flipped), None, "{} {flipped:?}", kind.name);
            }
        }
        for made_up in ["", "user=7", &"é".repeat(50), &"A".repeat(44), &format!("{sealed}x")] {
            assert_eq!(kind.opened(&keys, "a", made_up), None, "{} {made_up}", kind.name);
        }
    }
}

#[test]
fn a_name_cannot_be_lengthened_by_a_value() {
    let keys = ring(&[1]);
    let [signed, _] = KINDS;
    // What is signed is `a=b=c` for both, were an equals sign in a name.
    let sealed = signed.sealed(&keys, "a", "b=c");
    let moved = format!("{}c", &sealed[..44]);
    let request = super::request(&[format!("a={moved}; a=b={moved}").as_bytes()]);
    assert_eq!(request.signed(&keys).get("a"), None);
    assert_eq!(request.signed(&keys).get("a=b"), None);
}

#[test]
fn signing_and_encrypting_are_apart() {
    let keys = ring(&[1]);
    let [signed, encrypted] = KINDS;
    assert_eq!(encrypted.opened(&keys, "a", &signed.sealed(&keys, "a", "7")), None);
    assert_eq!(signed.opened(&keys, "a", &encrypted.sealed(&keys, "a", "7")), None);
}

#[test]
fn an_encrypted_value_is_never_the_same_twice() {
    let [_, encrypted] = KINDS;
    let keys = ring(&[1]);
    assert_ne!(encrypted.sealed(&keys, "a", "7"), encrypted.sealed(&keys, "a", "7"));
}

#[test]
fn the_length_of_an_encrypted_value_does_not_depend_on_chance() {
    let [_, encrypted] = KINDS;
    let lengths = (0..64).map(|_| {
        let cookies = Cookies::default();
        let cookie = Cookie::new("a", "7".repeat(100)).expect("a cookie");
        (encrypted.set)(&cookies, &ring(&[1]), cookie).expect("it fits");
        cookies.to_string().len()
    });
    let lengths: Vec<_> = lengths.collect();
    assert!(lengths.iter().all(|it| *it == "a=".len() + (100 + 28) * 4 / 3 + 1), "{lengths:?}");
}

#[test]
fn what_does_not_fit_once_sealed_is_an_error() {
    for kind in KINDS {
        let cookie = Cookie::new("a", "x".repeat(4090)).expect("it fits as it is");
        let cookies = Cookies::default();
        let error = (kind.set)(&cookies, &ring(&[1]), cookie).expect_err("it does not fit");
        assert!(error.is_too_large(), "{error}");
        assert!(cookies.is_empty());
    }
}

#[test]
fn rh_184_attributes_stay() {
    let cookies = Cookies::default();
    let cookie = Cookie::build("__Host-id", "7").session().build().expect("a cookie");
    cookies.encrypted(&ring(&[1])).set(cookie).expect("it fits").delete("other");
    let lines = super::committed(&cookies, &[]);
    assert!(lines[0].ends_with("; Path=/; Secure; HttpOnly; SameSite=lax"), "{lines:?}");
    assert!(lines[1].starts_with("other=; "), "{lines:?}");
}

#[test]
fn keys_are_read_from_text() {
    const A: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    const FF: &str = "//////////////////////////////////////////8=";
    let [signed, _] = KINDS;
    let url_safe = FF.replace('/', "_");
    for (text, keys) in [
        (A, &[1][..]),
        (&A[..43], &[1]),
        (&format!(" {A}\n"), &[1]),
        (&format!("{A},{FF}"), &[1, 255]),
        (&format!("{},{A}", "fF".repeat(32)), &[255, 1]),
        (&format!("{url_safe}, {A},"), &[255, 1]),
    ] {
        let parsed: KeyRing = text.parse().expect(text);
        let sealed = signed.sealed(&parsed, "a", "7");
        assert!(signed.opened(&ring(&keys[..1]), "a", &sealed).is_some(), "{text}");
        for key in keys {
            let sealed = signed.sealed(&ring(&[*key]), "a", "7");
            assert!(signed.opened(&parsed, "a", &sealed).is_some(), "{text}");
        }
    }
}

#[test]
fn keys_that_are_none_are_refused_without_being_shown() {
    let good = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    type Is = fn(&KeyError) -> bool;
    let cases: [(&str, Is, &str); 6] = [
        ("", KeyError::is_missing, "there is no key"),
        (" , ", KeyError::is_missing, "there is no key"),
        ("c2VjcmV0", KeyError::is_too_short, "key 1 has 6 bytes, fewer than 32"),
        (&format!("{good},c2VjcmV0"), KeyError::is_too_short, "key 2 has 6 bytes, fewer than 32"),
        (
            &format!("{good},s3cret!"),
            KeyError::is_not_base64,
            "key 2 is not base64 and not hexadecimal",
        ),
        // Read as base64 this would be 36 bytes.
        (&"5ec4e7".repeat(8), KeyError::is_too_short, "key 1 has 24 bytes, fewer than 32"),
    ];
    for (text, is, message) in cases {
        let error = text.parse::<KeyRing>().expect_err(text);
        assert!(is(&error), "{error}");
        assert_eq!(error.to_string(), message);
        let named = error.of_variable("BFF_KEYS");
        assert!(is(&named));
        assert_eq!(named.to_string(), format!("environment variable `BFF_KEYS`: {message}"));
    }
    assert!(KeyRing::new([1; 31]).is_err_and(|it| it.is_too_short()));
    assert!(KeyRing::from_keys::<[u8; 32]>([]).is_err_and(|it| it.is_missing()));
    assert_eq!(format!("{:?}", ring(&[1, 2])), "KeyRing(2 keys)");
}
