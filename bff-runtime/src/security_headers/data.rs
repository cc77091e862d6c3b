use std::sync::OnceLock;

use axum::response::Response;

use super::ready::Ready;

/// What `[security_headers]` says, as the build has checked it: the value of each header, `None` for none.
#[derive(Debug)]
pub struct SecurityHeaders {
    content_type_options: Option<&'static str>,
    referrer_policy: Option<&'static str>,
    content_security_policy: Option<&'static str>,
    cross_origin_opener_policy: Option<&'static str>,
    cross_origin_resource_policy: Option<&'static str>,
    permissions_policy: Option<&'static str>,
    ready: OnceLock<Ready>,
}

/// Those of an app that says nothing.
pub(crate) static DEFAULT: SecurityHeaders = SecurityHeaders::new();

/// Puts the defaults on what the server answers itself.
pub(crate) fn put_defaults_on(response: &mut Response) {
    DEFAULT.ready().put_on(response, None);
}

macro_rules! switches {
    ($($(#[doc = $doc:literal])+ $name:ident)*) => {
        impl SecurityHeaders {
            $($(#[doc = $doc])+
            #[must_use]
            pub const fn $name(mut self, value: Option<&'static str>) -> Self {
                self.$name = value;
                self
            })*
        }
    };
}

switches! {
    /// `X-Content-Type-Options`: the type of a body is not guessed (ASVS 3.4.4).
    content_type_options
    /// `Referrer-Policy`: how much of its URL a page tells others (ASVS 3.4.5).
    referrer_policy
    /// `Content-Security-Policy` of what is no page: nothing is loaded, nothing embeds it (ASVS 3.4.3, 3.2.1).
    content_security_policy
    /// `Cross-Origin-Opener-Policy` of pages.
    cross_origin_opener_policy
    /// `Cross-Origin-Resource-Policy`: who may load it without asking.
    cross_origin_resource_policy
    /// `Permissions-Policy` of pages.
    permissions_policy
}

impl SecurityHeaders {
    /// The defaults.
    pub const fn new() -> Self {
        Self {
            content_type_options: Some("nosniff"),
            referrer_policy: Some("strict-origin-when-cross-origin"),
            content_security_policy: Some(
                "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
            ),
            cross_origin_opener_policy: Some("same-origin"),
            cross_origin_resource_policy: Some("same-origin"),
            permissions_policy: Some("camera=(), geolocation=(), microphone=()"),
            ready: OnceLock::new(),
        }
    }

    /// The same, made ready at the first look.
    pub(super) fn ready(&self) -> &Ready {
        self.ready.get_or_init(|| {
            let always = [
                ("x-content-type-options", self.content_type_options),
                ("referrer-policy", self.referrer_policy),
                ("cross-origin-resource-policy", self.cross_origin_resource_policy),
            ];
            let page = [
                ("cross-origin-opener-policy", self.cross_origin_opener_policy),
                ("permissions-policy", self.permissions_policy),
            ];
            let other = [("content-security-policy", self.content_security_policy)];
            Ready::new(&always, &page, &other)
        })
    }
}

impl Default for SecurityHeaders {
    fn default() -> Self {
        Self::new()
    }
}
