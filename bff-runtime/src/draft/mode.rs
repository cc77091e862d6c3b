use axum::extract::{FromRef, FromRequestParts};
use http::{HeaderMap, HeaderValue, header, request::Parts};

use super::cookie::{Look, ON};
use crate::{
    cookies::{Cookie, CookieError, Cookies, KeyRing, cookie_text},
    env,
    error::Problem,
    scope,
};

/// Whether this request is an editor's, and the switch for it; see [`draft`](crate::draft).
///
/// It is on when the request has the cookie that one of the keys has signed, `__Host-bff_draft`, in development
/// `__bff_draft`. A cookie that is not signed so counts as none, and the response deletes it (RH-372).
///
/// The response of a handler that took this argument while draft mode is on, or that has turned it on or off,
/// is not stored by anybody: `Cache-Control: private, no-cache, no-store, max-age=0, must-revalidate`, whatever the
/// handler says (RH-260, RH-373). A cache in front that answers by itself has to let requests with the cookie
/// through.
///
/// # Errors
/// Extracting it fails where [`Cookies`] do: outside of the app folder, with a 500 problem.
#[derive(Clone, Debug)]
pub struct Draft {
    cookies: Cookies,
    keys: KeyRing,
    look: Look,
    /// It was on when the request came.
    was_enabled: bool,
}

impl Draft {
    fn new(cookies: Cookies, keys: KeyRing, look: Look) -> Self {
        let mut draft = Self { cookies, keys, look, was_enabled: false };
        draft.was_enabled = draft.is_enabled();
        if !draft.was_enabled && draft.cookies.has(look.name) {
            draft.disable();
        }
        draft
    }

    /// Whether draft mode is on, also when it was turned on just now (RH-371).
    ///
    /// ```
    /// # use bff::draft::Draft;
    /// async fn show(draft: Draft) -> &'static str {
    ///     if draft.is_enabled() { "the draft" } else { "as published" }
    /// }
    /// ```
    pub fn is_enabled(&self) -> bool {
        self.cookies.signed(&self.keys).get(self.look.name).is_some_and(|value| value == ON)
    }

    /// Turns draft mode on, until the browser is closed (RH-368). Check first who asks.
    ///
    /// Once the response has left the handler, in [`after`](crate::after()) for instance, this changes nothing
    /// and is logged (RH-374).
    ///
    /// ```
    /// # use bff::draft::Draft;
    /// async fn enter(draft: Draft) {
    ///     draft.enable();
    ///     assert!(draft.is_enabled());
    /// }
    /// ```
    pub fn enable(&self) {
        self.change(self.look.on(), |cookies, cookie| {
            cookies.signed(&self.keys).set(cookie).map(drop)
        });
    }

    /// Turns draft mode off (RH-370).
    ///
    /// ```
    /// # use bff::draft::Draft;
    /// async fn exit(draft: Draft) {
    ///     draft.disable();
    ///     assert!(!draft.is_enabled());
    /// }
    /// ```
    pub fn disable(&self) {
        self.change(self.look.off(), |cookies, cookie| {
            cookies.set(cookie);
            Ok(())
        });
    }

    fn change(
        &self,
        cookie: Result<Cookie, CookieError>,
        set: impl FnOnce(&Cookies, Cookie) -> Result<(), CookieError>,
    ) {
        if let Err(error) = cookie.and_then(|cookie| set(&self.cookies, cookie)) {
            // The cookie is a constant; a test builds it.
            tracing::error!(%error, "the cookie of draft mode cannot be set");
        }
    }

    /// Keeps caches away from a draft, and from a response that switches.
    pub(crate) fn forbid_caching(&self, headers: &mut HeaderMap) {
        if self.was_enabled || self.is_enabled() {
            const NEVER: HeaderValue =
                HeaderValue::from_static("private, no-cache, no-store, max-age=0, must-revalidate");
            headers.insert(header::CACHE_CONTROL, NEVER);
        }
    }
}

/// Whether the request is an editor's, for code that does not run it.
pub(crate) fn is_requested(headers: &HeaderMap, keys: impl FnOnce() -> KeyRing) -> bool {
    let look = Look::in_mode(env::mode());
    // Nearly no request has the cookie, and only that is worth a look at all the others.
    cookie_text(headers, look.name).is_some()
        && Cookies::from_headers(headers).signed(&keys()).get(look.name).is_some_and(|it| it == ON)
}

impl<S> FromRequestParts<S> for Draft
where
    KeyRing: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let cookies = Cookies::from_request_parts(parts, state).await?;
        let new = || Self::new(cookies, KeyRing::from_ref(state), Look::in_mode(env::mode()));
        match scope::current() {
            Some(scope) => Ok(scope.draft.get_or_init(new).clone()),
            // Not without cookies, which are refused above.
            None => Ok(new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Mode;

    fn keys() -> KeyRing {
        KeyRing::new([1; 32]).unwrap()
    }

    /// Draft mode in a request with this `Cookie` header.
    fn draft(cookie: &str, keys: KeyRing, mode: Mode) -> Draft {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        Draft::new(Cookies::from_headers(&headers), keys, Look::in_mode(mode))
    }

    /// The `Set-Cookie` lines that a response would have.
    fn lines(draft: &Draft) -> Vec<String> {
        let mut headers = HeaderMap::new();
        draft.cookies.commit(&mut headers);
        let lines = headers.get_all(header::SET_COOKIE).iter();
        lines.map(|line| line.to_str().unwrap().to_owned()).collect()
    }

    fn is_private(draft: &Draft) -> bool {
        let mut headers = HeaderMap::from_iter([(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=60"),
        )]);
        draft.forbid_caching(&mut headers);
        headers[header::CACHE_CONTROL] == "private, no-cache, no-store, max-age=0, must-revalidate"
    }

    /// The pair of a cookie that turns draft mode on.
    fn enabled(keys: KeyRing, mode: Mode) -> String {
        let draft = draft("", keys, mode);
        draft.enable();
        let line = lines(&draft).remove(0);
        line.split(';').next().unwrap().to_owned()
    }

    #[test]
    fn rh_368_rh_370_rh_467_v46_the_cookie_has_the_attributes_of_where_it_runs() {
        for (mode, name, attributes) in [
            (Mode::Production, "__Host-bff_draft", "; Secure; HttpOnly; SameSite=none"),
            (Mode::Test, "__Host-bff_draft", "; Secure; HttpOnly; SameSite=none"),
            (Mode::Development, "__bff_draft", "; HttpOnly; SameSite=lax"),
        ] {
            let on = draft("", keys(), mode);
            on.enable();
            let [line] = &lines(&on)[..] else { panic!("one line") };
            assert!(line.starts_with(&format!("{name}=")), "{line}");
            let rest = &line[line.find(';').unwrap()..];
            assert_eq!(rest, format!("; Path=/{attributes}"));

            let off = draft(&enabled(keys(), mode), keys(), mode);
            off.disable();
            assert_eq!(
                lines(&off),
                [format!("{name}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT{attributes}")]
            );
        }
    }

    #[test]
    fn rh_369_rh_371_rh_372_draft_mode_is_on_with_the_signed_cookie_alone() {
        let mode = Mode::Production;
        let (old, new) = ([1; 32], [2; 32]);
        let cookie = enabled(keys(), mode);
        let name = "__Host-bff_draft";
        for (sent, ring, is_on, is_deleted) in [
            ("", KeyRing::new(old), false, false),
            (&*cookie, KeyRing::new(old), true, false),
            // While instances change their keys, both know both.
            (&*cookie, KeyRing::from_keys([new, old]), true, false),
            (&*cookie, KeyRing::new(new), false, true),
            (&*format!("{name}=on"), KeyRing::new(old), false, true),
            (&*format!("{name}="), KeyRing::new(old), false, true),
            (&*format!("{cookie}x"), KeyRing::new(old), false, true),
            // The cookie of one mode is none in the other.
            (&*cookie.replace(name, "__bff_draft"), KeyRing::new(old), false, false),
        ] {
            let draft = draft(sent, ring.unwrap(), mode);
            assert_eq!(draft.is_enabled(), is_on, "{sent}");
            let lines = lines(&draft);
            assert_eq!(lines.len(), usize::from(is_deleted), "{sent}: {lines:?}");
            assert!(lines.iter().all(|line| line.starts_with(&format!("{name}=; "))), "{lines:?}");
        }
        assert_eq!(enabled(keys(), mode), cookie, "the same for everybody");
    }

    #[test]
    fn rh_371_a_switch_shows_at_once() {
        let draft = draft("", keys(), Mode::Production);
        assert!(!draft.is_enabled());
        draft.enable();
        assert!(draft.is_enabled());
        draft.disable();
        assert!(!draft.is_enabled());
    }

    #[test]
    fn rh_260_rh_373_nobody_stores_a_draft() {
        let mode = Mode::Production;
        let cookie = enabled(keys(), mode);
        assert!(!is_private(&draft("", keys(), mode)));
        assert!(is_private(&draft(&cookie, keys(), mode)));
        let on = draft("", keys(), mode);
        on.enable();
        assert!(is_private(&on));
        let off = draft(&cookie, keys(), mode);
        off.disable();
        assert!(is_private(&off));
    }

    #[test]
    fn rh_374_after_the_response_a_switch_changes_nothing() {
        let draft = draft("", keys(), Mode::Production);
        assert_eq!(lines(&draft), [""; 0]);
        draft.enable();
        assert!(!draft.is_enabled());
        assert_eq!(lines(&draft), [""; 0]);
    }
}
