mod dates;
mod http_state;
mod lines;
mod properties;
mod reading;
mod response;
mod rules;
mod sealed;
mod store;

use http::{HeaderMap, HeaderValue, header};

use super::{Cookie, Cookies};

/// The cookies of a request with these `Cookie` lines.
fn request(lines: &[&[u8]]) -> Cookies {
    Cookies::from_headers(&headers(header::COOKIE, lines))
}

fn headers(name: header::HeaderName, lines: &[&[u8]]) -> HeaderMap {
    let value = |line: &&[u8]| HeaderValue::from_bytes(line).expect("a line of a header");
    lines.iter().map(|line| (name.clone(), value(line))).collect()
}

/// The `Set-Cookie` lines that the store puts on a response which has these.
fn committed(cookies: &Cookies, own: &[&str]) -> Vec<String> {
    let own: Vec<&[u8]> = own.iter().map(|line| line.as_bytes()).collect();
    let mut headers = headers(header::SET_COOKIE, &own);
    cookies.commit(&mut headers);
    set_cookie_lines(&headers)
}

fn set_cookie_lines(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::SET_COOKIE).iter();
    lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned()).collect()
}

fn cookie(name: &str, value: &str) -> Cookie {
    Cookie::new(name, value).expect("a cookie")
}
