use std::borrow::Borrow;

use http::{HeaderMap, HeaderValue, Response, header};

use super::{Cookie, commit::cookie, name::is_storable};

/// The `Set-Cookie` lines of a response in hand; [`ResponseCookiesExt`] gives it.
///
/// ```
/// use bff::{IntoResponse, cookies::{Cookie, ResponseCookiesExt}};
///
/// let mut response = "hello".into_response();
/// response.cookies_mut().set(Cookie::new("theme", "dark")?).delete("id");
/// assert_eq!(response.cookies().get("theme").unwrap().value(), "dark");
/// assert_eq!(
///     response.headers().get_all("set-cookie").iter().collect::<Vec<_>>(),
///     ["theme=dark; Path=/", "id=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]
/// );
/// # Ok::<(), bff::cookies::CookieError>(())
/// ```
///
/// A line that is not changed stays as it is, byte by byte (RH-180), also one that no browser would take; such
/// a line is not seen by the methods that read.
#[derive(Debug)]
pub struct ResponseCookies<H> {
    headers: H,
}

impl<H: Borrow<HeaderMap>> ResponseCookies<H> {
    /// The cookie of this name, the last one when there are several; none when it is deleted.
    ///
    /// ```
    /// use bff::{IntoResponse, cookies::ResponseCookiesExt};
    ///
    /// let response = [("set-cookie", "id=7; Max-Age=10; Weird=attr")].into_response();
    /// assert_eq!(response.cookies().get("id").unwrap().max_age(), Some(10));
    /// ```
    pub fn get(&self, name: &str) -> Option<Cookie> {
        self.get_all(name).pop()
    }

    /// All cookies of this name, which differ in path or domain.
    ///
    /// ```
    /// use bff::{IntoResponse, ResponseExt, cookies::{Cookie, ResponseCookiesExt}};
    ///
    /// let response = "".into_response()
    ///     .with_cookie(Cookie::new("a", "1")?)
    ///     .with_cookie(Cookie::build("a", "2").path("/x").build()?);
    /// assert_eq!(response.cookies().get_all("a").len(), 2);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn get_all(&self, name: &str) -> Vec<Cookie> {
        self.iter().filter(|it| it.name == name).collect()
    }

    /// Whether the response sets a cookie of this name.
    ///
    /// ```
    /// use bff::{IntoResponse, cookies::ResponseCookiesExt};
    ///
    /// assert!(!"".into_response().cookies().has("id"));
    /// ```
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All cookies that the response sets, in order. Of lines for the same name, path and domain the last one
    /// counts, as in a browser, and none when that one deletes.
    ///
    /// ```
    /// use bff::{IntoResponse, ResponseExt, cookies::{Cookie, ResponseCookiesExt}};
    ///
    /// let response = "".into_response().with_cookie(Cookie::new("a", "1")?);
    /// assert!(response.cookies().iter().eq([Cookie::new("a", "1")?]));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn iter(&self) -> std::vec::IntoIter<Cookie> {
        let mut cookies: Vec<Cookie> = Vec::new();
        for cookie in self.headers.borrow().get_all(header::SET_COOKIE).iter().filter_map(cookie) {
            cookies.retain(|it| it.identity() != cookie.identity());
            cookies.push(cookie);
        }
        cookies.retain(|it| !it.is_expired());
        cookies.into_iter()
    }
}

impl ResponseCookies<&mut HeaderMap> {
    /// Sets a cookie, in the place of the line for the same name, path and domain when there is one (RH-177).
    ///
    /// ```
    /// use bff::{IntoResponse, cookies::{Cookie, ResponseCookiesExt}};
    ///
    /// let mut response = [("set-cookie", "a=1; Path=/")].into_response();
    /// response.cookies_mut().set(Cookie::new("a", "2")?);
    /// assert_eq!(response.headers()["set-cookie"], "a=2; Path=/");
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn set(&mut self, cookie: Cookie) -> &mut Self {
        let mut written = Some(cookie.to_header_value());
        self.rewrite(|other| match other {
            Some(other) if other.identity() == cookie.identity() => Line::Becomes(written.take()),
            _ => Line::Stays,
        });
        if let Some(line) = written {
            self.headers.append(header::SET_COOKIE, line);
        }
        self
    }

    /// Makes the client forget a cookie of `Path=/`, and each of this name that the response sets (RH-168,
    /// RH-177). A name that no cookie can have sends nothing.
    ///
    /// ```
    /// use bff::{IntoResponse, ResponseExt, cookies::{Cookie, ResponseCookiesExt}};
    ///
    /// let mut response = "".into_response().with_cookie(Cookie::new("a", "1")?);
    /// assert!(!response.cookies_mut().delete("a").has("a"));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn delete(&mut self, name: &str) -> &mut Self {
        let removal = Cookie::removal(name, Some("/"), None);
        let mut is_removed = !is_storable(name);
        self.rewrite(|other| match other {
            Some(other) if other.name == name => {
                is_removed |= other.identity() == removal.identity();
                Line::Becomes(Some(other.into_removal().to_header_value()))
            }
            _ => Line::Stays,
        });
        if !is_removed {
            self.headers.append(header::SET_COOKIE, removal.to_header_value());
        }
        self
    }

    fn rewrite(&mut self, mut decide: impl FnMut(Option<Cookie>) -> Line) {
        let header::Entry::Occupied(lines) = self.headers.entry(header::SET_COOKIE) else {
            return;
        };
        let (_, lines) = lines.remove_entry_mult();
        let lines: Vec<HeaderValue> = lines
            .filter_map(|line| match decide(cookie(&line)) {
                Line::Stays => Some(line),
                Line::Becomes(line) => line,
            })
            .collect();
        for line in lines {
            self.headers.append(header::SET_COOKIE, line);
        }
    }
}

/// What becomes of a line.
enum Line {
    Stays,
    /// Nothing, when there is none.
    Becomes(Option<HeaderValue>),
}

/// The cookies of a response in hand.
///
/// In a handler [`Cookies`](super::Cookies) is the shorter way.
pub trait ResponseCookiesExt: Sized {
    /// The cookies that the response sets.
    ///
    /// ```
    /// use bff::{IntoResponse, cookies::ResponseCookiesExt};
    ///
    /// assert!("hello".into_response().cookies().iter().next().is_none());
    /// ```
    fn cookies(&self) -> ResponseCookies<&HeaderMap>;

    /// The same, to be changed.
    ///
    /// ```
    /// use bff::{IntoResponse, cookies::ResponseCookiesExt};
    ///
    /// "hello".into_response().cookies_mut().delete("id");
    /// ```
    fn cookies_mut(&mut self) -> ResponseCookies<&mut HeaderMap>;
}

impl<B> ResponseCookiesExt for Response<B> {
    fn cookies(&self) -> ResponseCookies<&HeaderMap> {
        ResponseCookies { headers: self.headers() }
    }

    fn cookies_mut(&mut self) -> ResponseCookies<&mut HeaderMap> {
        ResponseCookies { headers: self.headers_mut() }
    }
}
