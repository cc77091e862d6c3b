mod origins;
mod preflights;
mod properties;
mod responses;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{AllowedHeaders, AllowedOrigin, Cors, Origins};

/// One of each kind, with credentials.
const LISTED: Cors = Cors {
    origins: Origins::Listed(&[
        AllowedOrigin::Exact("https://app.example.com"),
        AllowedOrigin::Exact("https://admin.example.com:8443"),
        AllowedOrigin::Exact("http://localhost:3000"),
        AllowedOrigin::Exact("http://[::1]:3000"),
        AllowedOrigin::Exact("tauri://localhost"),
        AllowedOrigin::Subdomains { scheme: "https://", domain: ".example.org" },
        AllowedOrigin::Subdomains { scheme: "https://", domain: ".example.net:8443" },
    ]),
    credentials: true,
    ..ANY
};

/// `cors = "*"`.
const ANY: Cors = Cors {
    origins: Origins::Any,
    credentials: false,
    allow_headers: AllowedHeaders::Asked,
    expose_headers: "",
    max_age: "600",
    private_network: false,
};

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        headers.append(HeaderName::from_static(name), value);
    }
    headers
}

/// All lines, `name: value`, sorted.
fn lines(headers: &HeaderMap) -> Vec<String> {
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
    };
    let mut lines: Vec<String> = headers.iter().map(line).collect();
    lines.sort();
    lines
}
