//! What a [`Cookies`](super::Cookies) holds, behind its lock.

use super::{Cookie, name::is_storable, value::encoded};

#[derive(Default)]
pub(super) struct State {
    /// Name and value of what there is now, in order.
    seen: Vec<(String, String)>,
    /// What the response sets, one for each name, path and domain (RH-171). A deletion is a cookie that has
    /// expired.
    changes: Vec<Cookie>,
    /// The response has left the handler.
    closed: bool,
}

impl State {
    pub(super) fn new(seen: Vec<(String, String)>) -> Self {
        Self { seen, ..Self::default() }
    }

    pub(super) fn seen(&self) -> &[(String, String)] {
        &self.seen
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.seen.iter().find(|(it, _)| it == name).map(|(_, value)| &**value)
    }

    /// The values of this name that the response sets.
    pub(super) fn live(&self, name: &str) -> impl DoubleEndedIterator<Item = &str> {
        self.changes.iter().filter(move |it| it.name == name && !it.is_expired()).map(Cookie::value)
    }

    pub(super) fn set(&mut self, cookie: Cookie) {
        if self.is_too_late(&cookie.name) {
            return;
        }
        let name = cookie.name.clone();
        let value = (!cookie.is_expired()).then(|| cookie.value.clone());
        self.change(cookie);
        // RH-169: what is deleted is gone, but for what was set under the same name elsewhere.
        let value = value.or_else(|| self.live(&name).next_back().map(str::to_owned));
        match (value, self.seen.iter_mut().find(|(it, _)| *it == name)) {
            (Some(value), Some((_, earlier))) => *earlier = value,
            (Some(value), None) => self.seen.push((name, value)),
            (None, _) => self.seen.retain(|(it, _)| *it != name),
        }
    }

    pub(super) fn delete(&mut self, name: &str) {
        if self.is_too_late(name) {
            return;
        }
        self.seen.retain(|(it, _)| it != name);
        for change in self.changes.iter_mut().filter(|it| it.name == name) {
            *change = change.clone().into_removal();
        }
        let removal = Cookie::removal(name, Some("/"), None);
        let is_removed = self.changes.iter().any(|it| it.identity() == removal.identity());
        if !is_removed && is_storable(name) {
            self.changes.push(removal);
        }
    }

    pub(super) fn clear(&mut self) {
        let names: Vec<_> = self.seen.iter().map(|(name, _)| name.clone()).collect();
        for name in names {
            self.delete(&name);
        }
    }

    /// The names of what the response sets or deletes, and the pairs that a client would send for them now.
    pub(super) fn changed(&self) -> (Vec<String>, Vec<String>) {
        let mut names: Vec<String> = Vec::new();
        let mut pairs = Vec::new();
        for name in self.changes.iter().map(|change| &change.name) {
            if names.contains(name) {
                continue;
            }
            names.push(name.clone());
            pairs.extend(self.value(name).map(|value| format!("{name}={}", encoded(value))));
        }
        (names, pairs)
    }

    /// Whether the response has left the handler.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// What the response is to set. Nothing can be added any more.
    pub(super) fn close(&mut self) -> Vec<Cookie> {
        self.closed = true;
        std::mem::take(&mut self.changes)
    }

    /// RH-171: the last one counts, in the place of the first.
    fn change(&mut self, cookie: Cookie) {
        match self.changes.iter_mut().find(|it| it.identity() == cookie.identity()) {
            Some(earlier) => *earlier = cookie,
            None => self.changes.push(cookie),
        }
    }

    /// RH-173: the line would never be sent, and nobody would know why.
    fn is_too_late(&self, name: &str) -> bool {
        if self.closed {
            tracing::warn!(cookie = ?name, "a cookie was set or deleted after the response had left its handler");
        }
        self.closed
    }
}
