//! What browsers were found to do with `Set-Cookie` lines: the suite of the working group that wrote RFC 6265.
//!
//! A row is a browser's: it reads lines, and sends what it has kept to another URL. Here it reads them with the parser,
//! and what the row says that it sends is read with the one of requests, so both are held to the same suite.

use std::{
    io::Write as _,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::Value;

use super::{super::Cookie, super::date, request};

/// In the form of the suite.
const OWN: &str = r#"[
    {"test": "own1", "received": ["a=1; Path=/x", "b=2; Path=/"], "sent-to": "/x/y",
     "sent": [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}]},
    {"test": "own2", "received": ["a=1; Path=/x"], "sent-to": "/xy", "sent": []},
    {"test": "own3", "received": ["a=1; Path=/"], "sent-to": "http://subdomain.home.example.org/",
     "sent": []},
    {"test": "own4", "received": ["a=1; Path=/; Domain=.Example.org"],
     "sent-to": "http://sibling.example.org/", "sent": [{"name": "a", "value": "1"}]},
    {"test": "own5", "received": ["a=1", "a=2; Expires=Thu, 01 Jan 2009 00:00:00 GMT"], "sent": []},
    {"test": "own6", "received": ["a=1; Max-Age=0; Max-Age=5"], "sent": [{"name": "a", "value": "1"}]},
    {"test": "own7", "received": ["a=1; Secure"], "sent": []},
    {"test": "own8", "received": ["a=\"b c\" ;x"], "sent": [{"name": "a", "value": "\"b c\""}]}
]"#;

/// What is read otherwise, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    (
        "DISABLED_CHROMIUM0022",
        "a line with a control character is none (RFC 6265bis section 5.6 step 1)",
    ),
    ("DISABLED_CHROMIUM0023", "the same"),
    ("DISABLED_PATH0029", "`%6F` of a URL is not the `o` of a path (section 5.1.4)"),
    ("DOMAIN0010", "with more dots than one no host would match, so one was meant"),
    ("DOMAIN0013", "the same, with spaces between them"),
    (
        "OPTIONAL_DOMAIN0042",
        "an empty domain that comes last is that of the host (section 5.7 step 10)",
    ),
];

/// Between the dates that the suite takes for past and for future.
fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_300_000_000)
}

const HOST: &str = "home.example.org";
const ASKED_NEXT: &str = "/cookie-parser-result";

struct Kept {
    cookie: Cookie,
    host: String,
    is_of_host_alone: bool,
    path: String,
}

/// RFC 6265bis section 5.1.3.
fn is_below(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// RFC 6265bis section 5.1.4.
fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || folder.ends_with('/') || rest.starts_with('/'))
}

/// A browser that has read these lines, and sends what it has kept: names and values, decoded.
fn sent(lines: &[&str], to: &str) -> Vec<(String, String)> {
    let mut jar: Vec<Kept> = Vec::new();
    for line in lines {
        let Ok(cookie) = Cookie::parse_set_cookie(line) else { continue };
        let domain = cookie.domain().map(str::to_owned);
        if domain.as_ref().is_some_and(|domain| !is_below(HOST, domain) || !domain.contains('.')) {
            continue;
        }
        let kept = Kept {
            is_of_host_alone: domain.is_none(),
            host: domain.unwrap_or_else(|| HOST.to_owned()),
            path: cookie.path().unwrap_or("/").to_owned(),
            cookie,
        };
        let is_same = |other: &Kept| {
            (&other.host, &other.path, other.cookie.name())
                == (&kept.host, &kept.path, kept.cookie.name())
        };
        let expires = match kept.cookie.max_age() {
            Some(seconds) => Some(date::after(now(), seconds)),
            None => kept.cookie.expires(),
        };
        let is_dead = expires.is_some_and(|expires| expires <= now());
        match jar.iter().position(is_same) {
            Some(at) if is_dead => drop(jar.remove(at)),
            Some(at) => jar[at] = kept,
            None if is_dead => {}
            None => jar.push(kept),
        }
    }
    let (host, path) = match to.strip_prefix("http://") {
        Some(rest) => rest.split_at(rest.find('/').expect("a path")),
        None => (HOST, to),
    };
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let path = path.split('?').next().unwrap_or_default();
    jar.retain(|kept| {
        let is_for_host =
            if kept.is_of_host_alone { host == kept.host } else { is_below(&host, &kept.host) };
        is_for_host && is_within(path, &kept.path) && !kept.cookie.is_secure()
    });
    // Longer paths come first, and the order stays otherwise (section 5.8.3).
    jar.sort_by_key(|kept| std::cmp::Reverse(kept.path.len()));
    jar.iter().map(|kept| (kept.cookie.name().to_owned(), kept.cookie.value().to_owned())).collect()
}

/// What a handler sees of what the row says is sent.
fn seen(row: &Value) -> Vec<(String, String)> {
    let pairs = row["sent"].as_array().expect("pairs").iter();
    let lines = pairs.map(|pair| {
        let (name, value) = (&pair["name"], &pair["value"]);
        format!("{}={}", name.as_str().expect("a name"), value.as_str().expect("a value"))
    });
    let cookies = lines.flat_map(|line| request(&[line.as_bytes()]).iter());
    cookies.collect()
}

/// How many rows there are; the names of those that are read otherwise.
fn otherwise(json: &str) -> (usize, Vec<String>) {
    let rows: Vec<Value> = serde_json::from_str(json).expect("rows");
    let failing = rows.iter().filter(|row| {
        let lines = row["received"].as_array().expect("lines").iter();
        let lines: Vec<&str> = lines.map(|line| line.as_str().expect("a line")).collect();
        let to = row.get("sent-to").map_or(ASKED_NEXT, |to| to.as_str().expect("a URL"));
        sent(&lines, to) != seen(row)
    });
    (rows.len(), failing.map(|row| row["test"].as_str().expect("a name").to_owned()).collect())
}

#[test]
fn security_54_lines_are_read_as_browsers_read_them() {
    assert_eq!(otherwise(OWN), (8, Vec::new()));
    let folder =
        std::env::var_os("BFF_VECTORS").map(|folder| PathBuf::from(folder).join("http-state"));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        let said = writeln!(
            std::io::stderr(),
            "BFF_VECTORS has no http-state: only the own vectors are run"
        );
        assert!(said.is_ok());
        return;
    };
    let json = std::fs::read_to_string(folder.join("parser.json")).expect("rows");
    let (all, failing) = otherwise(&json);
    assert_eq!(all, 222);
    let expected: Vec<&str> = DEVIATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(failing, expected);
    for name in ["examples", "bsd-examples"] {
        let json =
            std::fs::read_to_string(folder.join(format!("dates/{name}.json"))).expect("dates");
        // One of them has comments.
        let lines = json.lines().filter(|line| !line.trim_start().starts_with("//"));
        let json = lines.collect::<Vec<_>>().join("\n");
        for row in serde_json::from_str::<Vec<Value>>(&json).expect(name) {
            let text = row["test"].as_str().expect("a date");
            let expected = row["expected"].as_str().and_then(date::parsed);
            assert_eq!(date::parsed(text), expected, "{text}");
        }
    }
}
