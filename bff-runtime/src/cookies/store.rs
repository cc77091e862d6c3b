use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::HeaderMap;

use super::{request, state::State, value::encoded};

/// The cookies of a request, and those that its response will set.
///
/// As an extractor it is the same store wherever it is taken in one request, and a clone is the same store too.
///
/// ```
/// use bff::cookies::{Cookie, Cookies};
///
/// async fn sign_out(cookies: Cookies) -> String {
///     let name = cookies.get("name").unwrap_or_default();
///     cookies.delete("name").delete("id");
///     format!("good bye {name}")
/// }
/// ```
///
/// # What is read
///
/// Values are percent-decoded; one with a broken escape stays as it came. The last value of a name counts. A
/// pair without an equals sign has an empty value. Of a request with more than 180 pairs, or more than 32 KiB
/// of them, the rest is not seen.
///
/// # What is sent
///
/// One `Set-Cookie` line for each name, path and domain that was set or deleted, after the lines that the
/// handler's own response has. Where both have the same cookie, the response's line counts (RH-179). What is
/// set when the response has left the handler, while its body streams or in [`after`](crate::after()), comes
/// too late and is logged (RH-173).
///
/// Whatever the handler answers carries them: a redirect (RH-182), a 401, 403 or 404, the refusal of a later
/// argument (RH-183). A failure does not: after a panic, or an error that `?` made a 500, the handler did not
/// get to where its cookies were meant, and they are dropped (RH-077). A 500 that the handler chose, a
/// `Problem` or a response of its own, is an answer like any other.
///
/// # Errors
/// Extracting it never fails in a handler of the app folder. In a handler or middleware of plain axum nobody
/// would send what is set, so it is refused there with a 500 problem, and the log says why. Reading is what
/// [`from_headers`](Self::from_headers) is for, and setting
/// [`ResponseCookiesExt`](super::ResponseCookiesExt).
#[derive(Clone, Default)]
pub struct Cookies {
    state: Arc<Mutex<State>>,
}

impl Cookies {
    /// The cookies of these request headers.
    ///
    /// ```
    /// use bff::{cookies::Cookies, http::{HeaderMap, HeaderValue, header}};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(header::COOKIE, HeaderValue::from_static("a=1; b=x%20y; a=2; noval; empty="));
    /// let cookies = Cookies::from_headers(&headers);
    /// assert_eq!(cookies.get("a").as_deref(), Some("2"));
    /// assert_eq!(cookies.get("b").as_deref(), Some("x y"));
    /// assert_eq!(cookies.get("noval").as_deref(), Some(""));
    /// ```
    pub fn from_headers(headers: &HeaderMap) -> Self {
        Self { state: Arc::new(Mutex::new(State::new(request::cookies(headers)))) }
    }

    /// The value of a cookie: what was set last in this request, or else what the client sent.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// let cookies = Cookies::default();
    /// assert_eq!(cookies.get("theme"), None);
    /// cookies.set_value("theme", "dark")?;
    /// assert_eq!(cookies.get("theme").as_deref(), Some("dark"));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn get(&self, name: &str) -> Option<String> {
        self.state().value(name).map(str::to_owned)
    }

    /// All values of a name: those that were set in this request, for whatever paths and domains, or else the
    /// one that the client sent (RH-154: never more than one).
    ///
    /// ```
    /// # use bff::cookies::{Cookie, Cookies};
    /// let cookies = Cookies::default();
    /// cookies.set(Cookie::new("a", "1")?).set(Cookie::build("a", "2").path("/x").build()?);
    /// assert_eq!(cookies.get_all("a"), ["1", "2"]);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn get_all(&self, name: &str) -> Vec<String> {
        let state = self.state();
        let mut values: Vec<_> = state.live(name).map(str::to_owned).collect();
        if values.is_empty() {
            values.extend(state.value(name).map(str::to_owned));
        }
        values
    }

    /// Whether there is a cookie of this name.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// let cookies = Cookies::default();
    /// cookies.set_value("theme", "dark")?;
    /// assert!(cookies.has("theme"));
    /// assert!(!cookies.delete("theme").has("theme"));
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn has(&self, name: &str) -> bool {
        self.state().value(name).is_some()
    }

    /// How many names there are.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// assert_eq!(Cookies::default().set_value("theme", "dark")?.len(), 1);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn len(&self) -> usize {
        self.state().seen().len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// assert!(Cookies::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.state().seen().is_empty()
    }

    /// Names and values as of now: those of the request in its order, then the new ones.
    ///
    /// ```
    /// # use bff::cookies::Cookies;
    /// let cookies = Cookies::default();
    /// cookies.set_value("b", "1")?.set_value("a", "2")?.set_value("b", "3")?;
    /// let all: Vec<_> = cookies.iter().collect();
    /// assert_eq!(all, [("b".into(), "3".into()), ("a".into(), "2".into())]);
    /// # Ok::<(), bff::cookies::CookieError>(())
    /// ```
    pub fn iter(&self) -> std::vec::IntoIter<(String, String)> {
        self.state().seen().to_vec().into_iter()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is locked, and a store that was half written would still be one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl IntoIterator for &Cookies {
    type Item = (String, String);
    type IntoIter = std::vec::IntoIter<(String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What a `Cookie` header says of them, for a request to another server (RH-157, RH-185).
///
/// ```
/// # use bff::cookies::Cookies;
/// let cookies = Cookies::default();
/// cookies.set_value("a", "2")?.set_value("b", "x y")?;
/// assert_eq!(cookies.to_string(), "a=2; b=x%20y");
/// # Ok::<(), bff::cookies::CookieError>(())
/// ```
impl fmt::Display for Cookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.state().seen().iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{name}={}", encoded(value))?;
        }
        Ok(())
    }
}

/// The names; values are often secrets.
impl fmt::Debug for Cookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_set().entries(state.seen().iter().map(|(name, _)| name)).finish()
    }
}
