use std::time::Duration;

use bff_tree::config::{Config, Upstream, UpstreamUrl};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// `[upstreams]` as statics of a module of the app.
///
/// ```text
/// pub mod upstreams {
///     pub static CATALOG: ::bff::__private::Upstream = ::bff::__private::Upstream::from_env("CATALOG_URL");
/// }
/// ```
pub(super) fn upstreams(config: &Config) -> TokenStream {
    if config.upstreams.is_empty() {
        return TokenStream::new();
    }
    let statics = config.upstreams.iter().map(|upstream| {
        let name = ident(&upstream.name);
        let docs = docs(upstream);
        let value = value(upstream);
        quote! {
            #[doc = #docs]
            pub static #name: ::bff::__private::Upstream = #value;
        }
    });
    quote! {
        /// The services behind the app, as `bff.toml` declares them.
        pub mod upstreams {
            const _: () = ::bff::__private::declares_upstreams();
            #(#statics)*
        }
    }
}

/// The router, unless one of the upstreams is nowhere; then the start fails.
pub(super) fn checked(config: &Config, router: TokenStream) -> TokenStream {
    if config.upstreams.is_empty() {
        return router;
    }
    let names = config.upstreams.iter().map(|upstream| &upstream.name);
    let idents = config.upstreams.iter().map(|upstream| ident(&upstream.name));
    quote! {
        ::bff::__private::with_upstreams({ #router }, &[#((#names, &upstreams::#idents)),*])
    }
}

/// The name of the static for an upstream.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(&name.to_ascii_uppercase(), Span::call_site())
}

fn docs(upstream: &Upstream) -> String {
    match &upstream.url {
        Some(UpstreamUrl::Variable(variable)) => {
            format!(
                "`{}` of `bff.toml`: the URL in the variable `{}`.",
                upstream.name, variable.name
            )
        }
        Some(UpstreamUrl::Fixed(_)) | None => format!("`{}` of `bff.toml`.", upstream.name),
    }
}

fn value(upstream: &Upstream) -> TokenStream {
    let source = match &upstream.url {
        Some(UpstreamUrl::Variable(variable)) => {
            let name = &variable.name;
            match &variable.default {
                Some(default) => quote! { from_env_or(#name, #default) },
                None => quote! { from_env(#name) },
            }
        }
        Some(UpstreamUrl::Fixed(url)) => quote! { new(#url) },
        // A declaration without a URL has been refused.
        None => quote! { new("") },
    };
    let limits = [
        ("connect", upstream.connect_timeout),
        ("head", upstream.timeout),
        ("idle", upstream.idle_timeout),
    ];
    let limits: Vec<TokenStream> =
        limits.iter().filter_map(|(name, limit)| Some(limit_of(name, (*limit)?))).collect();
    let timeouts = (!limits.is_empty()).then(|| {
        quote! {
            .timeouts(::bff::__private::Timeouts { #(#limits,)* ..::bff::__private::Timeouts::DEFAULT })
        }
    });
    let http2 = upstream.http2.then(|| quote! { .http2() });
    quote! { ::bff::__private::Upstream::#source #timeouts #http2 }
}

fn limit_of(name: &str, limit: Duration) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    let millis = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    quote! { #name: ::bff::__private::Duration::from_millis(#millis) }
}
