use std::fmt;

use super::Rules;
use crate::{proxy::ProxyEntry, public::Folder};

/// What stands in front of the routes of an app, as far as it has it.
pub struct Front<S: 'static> {
    pub(super) proxy: Option<&'static ProxyEntry<S>>,
    pub(super) public: Option<&'static Folder>,
    pub(super) rules: Option<&'static Rules>,
}

impl<S> Front<S> {
    /// Nothing.
    pub const fn new() -> Self {
        Self { proxy: None, public: None, rules: None }
    }

    /// True when `[[headers]]` says something.
    pub(crate) fn has_headers(&self) -> bool {
        self.rules.is_some_and(|rules| !rules.headers.is_empty())
    }

    pub(crate) fn has_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    /// `proxy.rs`.
    #[must_use]
    pub const fn proxy(mut self, proxy: &'static ProxyEntry<S>) -> Self {
        self.proxy = Some(proxy);
        self
    }

    /// `public/`.
    #[must_use]
    pub const fn public(mut self, public: &'static Folder) -> Self {
        self.public = Some(public);
        self
    }

    /// `bff.toml`.
    #[must_use]
    pub const fn rules(mut self, rules: &'static Rules) -> Self {
        self.rules = Some(rules);
        self
    }
}

impl<S> Default for Front<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for Front<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Front")
            .field("proxy", &self.proxy)
            .field("public", &self.public)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
