use std::net::{Ipv4Addr, Ipv6Addr};

use crate::{Code, path_pattern::PatternMistake, suggest};

/// An origin that `cors` or `csrf` lists, spelt as browsers send it (RFC 6454 section 6.2).
///
/// A browser has one spelling for an origin: lower case, no port where it is that of the scheme, nothing after it. So
/// what is listed has that spelling too, and a request can be compared byte by byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedOrigin {
    /// `https://app.example.com`.
    Exact(String),
    /// `https://*.example.com`: every subdomain, at any depth, and not the domain itself.
    Subdomains {
        /// What stands before the star: `https://`.
        scheme: String,
        /// What stands after it: `.example.com`, `.example.com:8443`.
        domain: String,
    },
}

/// Schemes of web pages and their ports (WHATWG URL section 4.2).
const OF_THE_WEB: [(&str, &str); 2] = [("https", "443"), ("http", "80")];

/// Schemes of apps and extensions that have a host, and so an origin with a name. They have no ports.
const OF_APPS: [&str; 6] =
    ["capacitor", "chrome-extension", "ionic", "moz-extension", "safari-web-extension", "tauri"];

const FORM: &str = "write scheme and host, `https://app.example.com`";

/// The longest name and the longest label that DNS can have (RFC 1035 section 2.3.4).
const LONGEST: (usize, usize) = (253, 63);

impl AllowedOrigin {
    /// Reads one item of a list.
    pub(crate) fn parse(text: &str) -> Result<Self, PatternMistake> {
        let whole = |message: &str, help: &str| Err(mistake(0..text.len(), message, help));
        match text {
            "null" => {
                return whole(
                    "`null` is the origin of any page that hides its own: sandboxed frames, files, `data:` URLs",
                    "remove it; serve the page from an origin that has a name",
                );
            }
            "" => return whole("this is no origin", FORM),
            _ if text.starts_with("${") => {
                return whole(
                    "an origin is known when the app is compiled, so this cannot be a variable",
                    "list the origins of all the places where the app runs",
                );
            }
            _ => {}
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            let host = text.split(['/', '?', '#']).next().unwrap_or(text);
            return whole("an origin begins with its scheme", &format!("write `https://{host}`"));
        };
        let port = known_scheme(scheme)?;
        let start = scheme.len() + "://".len();
        if let Some(at) = rest.find(['/', '?', '#']) {
            let origin = &text[..start + at];
            return Err(mistake(
                start + at..text.len(),
                "an origin ends with its host, or with a port",
                format!("write `{origin}`"),
            ));
        }
        if let Some(at) = rest.rfind('@') {
            let at = start..start + at + 1;
            return Err(mistake(at, "an origin has no user in it", FORM));
        }
        let host = without_port(rest, start, port)?;
        let Some(domain) = host.strip_prefix("*.") else {
            host_of(host, start)?;
            return Ok(Self::Exact(text.to_owned()));
        };
        subdomains_of(domain, start)?;
        let (scheme, domain) = text.split_at(start);
        Ok(Self::Subdomains { scheme: scheme.to_owned(), domain: domain[1..].to_owned() })
    }
}

fn mistake(
    at: std::ops::Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> PatternMistake {
    PatternMistake { code: Code::AllowedOrigin, at, message: message.into(), help: help.into() }
}

/// The port that goes without saying, `None` where a scheme has no ports.
fn known_scheme(scheme: &str) -> Result<Option<&'static str>, PatternMistake> {
    if let Some((_, port)) = OF_THE_WEB.iter().find(|(name, _)| *name == scheme) {
        return Ok(Some(port));
    }
    if OF_APPS.contains(&scheme) {
        return Ok(None);
    }
    let all = OF_THE_WEB.iter().map(|(name, _)| *name).chain(OF_APPS);
    let help = match (scheme, suggest::nearest(scheme, all)) {
        ("ws" | "wss", _) => {
            "write the origin of the page that opens the socket, `https://…`".to_owned()
        }
        ("*", _) => "write `\"*\"` alone for every origin, or list each with its scheme".to_owned(),
        (_, Some(near)) => format!("write `{near}://`"),
        (_, None) => "write `https://`, or `http://` while developing".to_owned(),
    };
    Err(mistake(0..scheme.len(), format!("no page has an origin with the scheme `{scheme}`"), help))
}

/// The host without the port behind it.
fn without_port<'t>(
    rest: &'t str,
    start: usize,
    default: Option<&str>,
) -> Result<&'t str, PatternMistake> {
    let colon = match (rest.rfind(':'), rest.rfind(']')) {
        (Some(colon), Some(bracket)) if colon < bracket => return Ok(rest),
        (_, None) if rest.starts_with('[') => return Ok(rest),
        (None, _) => return Ok(rest),
        (Some(colon), _) => colon,
    };
    let (host, port) = (&rest[..colon], &rest[colon + 1..]);
    let at = start + colon..start + rest.len();
    let Some(default) = default else {
        return Err(mistake(at, "an origin with this scheme has no port", "remove the port"));
    };
    if port == default || port.is_empty() {
        return Err(mistake(
            at,
            "browsers leave out the port that belongs to the scheme",
            format!("remove `:{port}`"),
        ));
    }
    let digits = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    if !digits || port.parse::<u16>().is_err() {
        let help = if port == "*" {
            "list each port that there is"
        } else {
            "write a number from 1 to 65535, without zeros before it"
        };
        return Err(mistake(at, format!("`{port}` is no port"), help));
    }
    Ok(host)
}

/// A name or an address, spelt as in a URL that a browser has read (WHATWG URL section 3.5).
fn host_of(host: &str, start: usize) -> Result<(), PatternMistake> {
    let whole = start..start + host.len();
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']').and_then(|text| text.parse::<Ipv6Addr>().ok());
        let Some(address) = address else {
            let help = "write an IPv6 address in brackets, `http://[::1]:3000`";
            return Err(mistake(whole, "this is no IPv6 address", help));
        };
        let spelt = spelt(address);
        return if spelt == host {
            Ok(())
        } else {
            Err(mistake(whole, "browsers spell this address otherwise", format!("write `{spelt}`")))
        };
    }
    name(host, start)?;
    let last = host.rsplit('.').next().unwrap_or(host);
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && host.parse::<Ipv4Addr>().is_err() {
        let help = "write four numbers, `http://127.0.0.1:3000`";
        return Err(mistake(whole, "browsers read this as an IPv4 address, and it is none", help));
    }
    Ok(())
}

/// Section 3.5 has one form for all addresses; the standard library has another one for those that stand for IPv4.
fn spelt(address: Ipv6Addr) -> String {
    match (address.to_ipv4_mapped(), address.segments()) {
        (Some(_), [.., high, low]) => format!("[::ffff:{high:x}:{low:x}]"),
        (None, _) => format!("[{address}]"),
    }
}

fn subdomains_of(domain: &str, start: usize) -> Result<(), PatternMistake> {
    let start = start + "*.".len();
    name(domain, start)?;
    let last = domain.rsplit('.').next().unwrap_or(domain);
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        let at = start..start + domain.len();
        return Err(mistake(at, "an address has no subdomains", "list each origin"));
    }
    if !domain.contains('.') && domain != "localhost" {
        return Err(mistake(
            start..start + domain.len(),
            format!("`*.{domain}` is half of the internet"),
            format!("write a domain that is yours, `*.example.{domain}`"),
        ));
    }
    Ok(())
}

/// Labels of letters, digits, `-` and `_`, in lower case.
fn name(host: &str, start: usize) -> Result<(), PatternMistake> {
    let at = |position: usize, length: usize| start + position..start + position + length;
    if host.is_empty() {
        return Err(mistake(at(0, 0), "the host is missing", FORM));
    }
    for (position, sign) in host.char_indices() {
        let (message, help) = match sign {
            'a'..='z' | '0'..='9' | '-' | '_' | '.' => continue,
            'A'..='Z' => (
                "browsers send a host in lower case",
                format!("write `{}`", host.to_ascii_lowercase()),
            ),
            '*' => (
                "a star stands for subdomains, at the very beginning of the host",
                "write `https://*.example.com`, or list each origin".to_owned(),
            ),
            ':' => (
                "an IPv6 address stands in brackets",
                "write it like `http://[::1]:3000`".to_owned(),
            ),
            _ if !sign.is_ascii() => (
                "browsers send a host in ASCII",
                "write its `xn--` form, as the address bar of a browser copies it".to_owned(),
            ),
            _ => ("no host has this character", FORM.to_owned()),
        };
        return Err(mistake(at(position, sign.len_utf8()), message, help));
    }
    if let Some(without) = host.strip_suffix('.') {
        let help = format!("write `{without}`");
        return Err(mistake(at(without.len(), 1), "a host has no dot at its end here", help));
    }
    let (longest, longest_label) = LONGEST;
    let fits = |label: &str| !label.is_empty() && label.len() <= longest_label;
    if host.len() > longest || !host.split('.').all(fits) {
        let help = "write labels of 1 to 63 characters with a dot between them, 253 in all";
        return Err(mistake(at(0, host.len()), "this is no name of a host", help));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<AllowedOrigin, String> {
        AllowedOrigin::parse(text).map_err(|mistake| {
            let PatternMistake { at, message, .. } = mistake;
            format!("{}: {message}", &text[at])
        })
    }

    #[test]
    fn an_origin_has_the_spelling_of_browsers() {
        for text in [
            "https://example.com",
            "https://app.example.com:8443",
            "http://localhost:3000",
            "http://localhost",
            "http://127.0.0.1:5173",
            "http://[::1]:3000",
            "https://[2001:db8::1]",
            "http://[::ffff:7f00:1]",
            "https://xn--mnchen-3ya.example",
            "https://a_b-c.example.com",
            "https://123.example",
            "chrome-extension://abcdefghijklmnop",
            "tauri://localhost",
            "capacitor://localhost",
        ] {
            assert_eq!(read(text), Ok(AllowedOrigin::Exact(text.to_owned())), "{text}");
        }
        for (text, scheme, domain) in [
            ("https://*.example.com", "https://", ".example.com"),
            ("https://*.example.com:8443", "https://", ".example.com:8443"),
            ("http://*.localhost:3000", "http://", ".localhost:3000"),
        ] {
            let (scheme, domain) = (scheme.to_owned(), domain.to_owned());
            assert_eq!(read(text), Ok(AllowedOrigin::Subdomains { scheme, domain }), "{text}");
        }
    }

    #[test]
    fn attack_22_what_no_browser_sends_or_nobody_should_trust_is_refused() {
        let name = &"a.".repeat(130);
        let (long, label) = (format!("https://{name}a"), format!("https://{}.a", "a".repeat(64)));
        for (text, expected) in [
            ("", ": this is no origin"),
            ("null", "null: `null` is the origin of any page that hides its own"),
            ("*", "*: an origin begins with its scheme"),
            ("example.com", "example.com: an origin begins with its scheme"),
            ("//example.com", "//example.com: an origin begins with its scheme"),
            ("${APP_ORIGIN}", "${APP_ORIGIN}: an origin is known when the app is compiled"),
            ("htps://example.com", "htps: no page has an origin with the scheme `htps`"),
            ("HTTPS://example.com", "HTTPS: no page has"),
            ("*://example.com", "*: no page has"),
            ("wss://example.com", "wss: no page has"),
            ("file://", "file: no page has"),
            ("https://", ": the host is missing"),
            ("https://example.com/", "/: an origin ends with its host"),
            ("https://example.com/path", "/path: an origin ends with its host"),
            ("https://example.com?x", "?x: an origin ends with its host"),
            ("https://user@example.com", "user@: an origin has no user"),
            ("https://example.com:443", ":443: browsers leave out the port"),
            ("http://example.com:80", ":80: browsers leave out the port"),
            ("https://example.com:", ":: browsers leave out the port"),
            ("https://example.com:*", ":*: `*` is no port"),
            ("https://example.com:08443", ":08443: `08443` is no port"),
            ("https://example.com:99999", ":99999: `99999` is no port"),
            ("tauri://localhost:80", ":80: an origin with this scheme has no port"),
            ("https://Example.com", "E: browsers send a host in lower case"),
            ("https://münchen.example", "ü: browsers send a host in ASCII"),
            ("https://example.com.", ".: a host has no dot at its end here"),
            ("https://a..b", "a..b: this is no name of a host"),
            ("https://.example.com", ".example.com: this is no name"),
            ("https://a b.example", " : no host has this character"),
            ("https://a%2eb.example", "%: no host has this character"),
            ("https://::1", ":: an IPv6 address stands in brackets"),
            ("https://[::1", "[::1: this is no IPv6 address"),
            ("https://[0:0:0:0:0:0:0:1]", "[0:0:0:0:0:0:0:1]: browsers spell this address"),
            ("https://[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]: browsers spell this address"),
            ("https://127.1", "127.1: browsers read this as an IPv4 address"),
            ("https://*", "*: a star stands for subdomains"),
            ("https://*.*.example.com", "*: a star stands for subdomains"),
            ("https://app.*.com", "*: a star stands for subdomains"),
            ("https://*example.com", "*: a star stands for subdomains"),
            ("https://app-*.example.com", "*: a star stands for subdomains"),
            ("https://*.com", "com: `*.com` is half of the internet"),
            ("https://*.127.0.0.1", "127.0.0.1: an address has no subdomains"),
            ("https://*.", ": the host is missing"),
            (&long, &format!("{name}a: this is no name")),
            (&label, &format!("{}.a: this is no name", "a".repeat(64))),
        ] {
            let found = read(text).expect_err(text);
            assert!(found.starts_with(expected), "{text}: {found}");
        }
    }
}
