use bff_tree::config::Config;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::patterns;

/// What `[security_headers]` changes, as a static of the app module; nothing where it changes nothing.
///
/// ```text
/// static SECURITY_HEADERS: SecurityHeaders = SecurityHeaders::new().referrer_policy(Some("no-referrer"));
/// ```
pub(super) fn table(config: &Config) -> TokenStream {
    if config.security_headers.is_empty() {
        return TokenStream::new();
    }
    let changes = config.security_headers.iter().map(|(key, value)| {
        let (key, value) = (format_ident!("{key}"), patterns::option(value.as_ref()));
        quote! { .#key(#value) }
    });
    quote! {
        static SECURITY_HEADERS: ::bff::__private::SecurityHeaders =
            ::bff::__private::SecurityHeaders::new() #(#changes)*;
    }
}

/// That static, as an option, for who puts them on; none stands for the defaults.
pub(super) fn named(config: &Config) -> TokenStream {
    let named = (!config.security_headers.is_empty()).then(|| quote! { &SECURITY_HEADERS });
    patterns::option(named)
}
