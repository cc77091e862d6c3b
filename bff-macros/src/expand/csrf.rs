use bff_tree::Csrf;
use proc_macro2::TokenStream;
use quote::quote;

use super::cors::allowed_origins;

/// A CSRF policy as static data.
///
/// ```text
/// ::bff::__private::csrf::Csrf { enabled: false, trusted_origins: &[] }
/// ```
pub(super) fn csrf(csrf: &Csrf) -> TokenStream {
    let enabled = csrf.enabled;
    let trusted_origins = allowed_origins(&csrf.trusted_origins);
    quote! {
        ::bff::__private::csrf::Csrf { enabled: #enabled, trusted_origins: #trusted_origins }
    }
}

#[cfg(test)]
mod tests {
    use bff_tree::AllowedOrigin;

    use super::*;

    #[test]
    fn a_policy_is_static_data() {
        let partner = AllowedOrigin::Exact("https://partner.example".to_owned());
        for (enabled, trusted_origins, expected) in [
            (false, Vec::new(), "csrf::Csrf{enabled:false,trusted_origins:&[]}"),
            (
                true,
                vec![partner],
                "csrf::Csrf{enabled:true,trusted_origins:&[cors::AllowedOrigin::Exact(\"https://partner.example\")]}",
            ),
        ] {
            let tokens = csrf(&Csrf { enabled, trusted_origins }).to_string().replace(' ', "");
            assert_eq!(tokens.replace("::bff::__private::", ""), expected);
        }
    }
}
