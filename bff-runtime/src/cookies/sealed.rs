use cookie::Key;

use super::{Cookie, CookieError, Cookies, KeyRing};

/// How values are kept from the client: what it must not write, or not read either.
pub(super) trait Seal {
    /// The value for the wire. It is sealed for this name, so that it is worth nothing under another.
    fn seal(&self, key: &Key, name: &str, value: &str) -> String;

    /// The value again; `None` when this key has not sealed it for this name.
    fn open(&self, key: &Key, name: &str, sealed: &str) -> Option<String>;
}

/// [`Cookies`] with sealed values: what signed and encrypted ones have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sealed<'a, S> {
    cookies: &'a Cookies,
    keys: &'a KeyRing,
    seal: S,
}

impl<'a, S: Seal> Sealed<'a, S> {
    pub(super) fn new(cookies: &'a Cookies, keys: &'a KeyRing, seal: S) -> Self {
        Self { cookies, keys, seal }
    }

    /// Any of the keys may have sealed it: the older ones are still there for that.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let sealed = self.cookies.get(name)?;
        self.keys.find(|key| self.seal.open(key, name, &sealed))
    }

    /// The first key seals it.
    pub(super) fn set(&self, cookie: Cookie) -> Result<(), CookieError> {
        let value = self.seal.seal(self.keys.first(), cookie.name(), cookie.value());
        self.cookies.set(cookie.with_value(value)?);
        Ok(())
    }

    pub(super) fn delete(&self, name: &str) {
        self.cookies.delete(name);
    }
}
