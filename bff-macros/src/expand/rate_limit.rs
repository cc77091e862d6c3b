use bff_tree::{Outage, RateLimit, RateLimitKey};
use proc_macro2::TokenStream;
use quote::quote;

/// Limits as static data. `whose` is what tells them from those of other places; with the module it is the same from
/// build to build, so that what a store has counted goes on to count.
///
/// ```text
/// const { &[&RateLimit::new(concat!(module_path!(), " show 10/60 0"), 10u32, 60u32).by(const { &[Key::User] })] }
/// ```
pub(super) fn limits(limits: &[RateLimit], whose: &str) -> TokenStream {
    let limits = limits.iter().enumerate().map(|(index, limit)| one(limit, whose, index));
    quote! { const { &[#(&#limits),*] } }
}

fn one(limit: &RateLimit, whose: &str, index: usize) -> TokenStream {
    let RateLimit { count, period, burst, cost, by, dry_run, outage, name } = limit;
    // A period is a day at most.
    let seconds = u32::try_from(period.as_secs()).unwrap_or(u32::MAX);
    let scope = format!(" {whose} {count}/{seconds} {index}");
    let burst = (burst != count).then(|| quote! { .burst(#burst) });
    let cost = (*cost != 1).then(|| quote! { .cost(#cost) });
    let by = (by[..] != [RateLimitKey::Ip]).then(|| {
        let keys = by.iter().map(key);
        quote! { .by(const { &[#(#keys),*] }) }
    });
    let dry_run = dry_run.then(|| quote! { .dry_run() });
    let closed = (*outage == Outage::Closed).then(|| quote! { .closed() });
    let named = name.as_ref().map(|name| quote! { .named(#name) });
    quote! {
        ::bff::__private::rate_limit::RateLimit::new(
            ::core::concat!(::core::module_path!(), #scope),
            #count,
            #seconds,
        ) #burst #cost #by #dry_run #closed #named
    }
}

fn key(key: &RateLimitKey) -> TokenStream {
    let key = match key {
        RateLimitKey::Ip => quote! { Ip },
        RateLimitKey::Header(name) => quote! { Header(#name) },
        RateLimitKey::Cookie(name) => quote! { Cookie(#name) },
        RateLimitKey::Session => quote! { Session },
        RateLimitKey::User => quote! { User },
        RateLimitKey::Function(path) => {
            // The tree has read it as a path.
            let path = syn::parse_str::<syn::Path>(path).ok();
            quote! { Function(#path) }
        }
    };
    quote! { ::bff::__private::rate_limit::Key::#key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_constant_that_says_what_is_not_the_default() {
        const NEW: &str = "const{&[&RateLimit::new(::core::concat!(::core::module_path!(),";
        for (text, expected) in [
            ("10/min", "\"show10/600\"),10u32,60u32,)"),
            (
                "600/5min burst 50 cost 2",
                "\"show600/3000\"),600u32,300u32,).burst(50u32).cost(2u32)",
            ),
            (
                "9/s by header X-Key + fn crate::keys::tenant + session",
                "\"show9/10\"),9u32,1u32,).by(const{&[Key::Header(\"x-key\"),Key::Function(crate::keys::tenant),Key::Session]})",
            ),
            (
                "9/s closed dry-run named n",
                "\"show9/10\"),9u32,1u32,).dry_run().closed().named(\"n\")",
            ),
        ] {
            let limit = RateLimit::read(text).expect(text);
            let tokens = limits(&[limit], "show").to_string().replace(' ', "");
            let tokens = tokens.replace("::bff::__private::rate_limit::", "");
            assert_eq!(tokens, format!("{NEW}{expected}]}}"), "{text}");
        }
    }
}
