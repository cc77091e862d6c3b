use bff_tree::{AllowedHeaders, AllowedOrigin, Cors, Origins};
use proc_macro2::TokenStream;
use quote::quote;

/// A CORS policy as static data.
///
/// ```text
/// ::bff::__private::cors::Cors {
///     origins: Origins::Listed(&[AllowedOrigin::Exact("https://app.example.com")]),
///     credentials: true,
///     allow_headers: AllowedHeaders::Asked,
///     expose_headers: "etag, x-total",
///     max_age: "600",
///     private_network: false,
/// }
/// ```
pub(super) fn cors(cors: &Cors) -> TokenStream {
    let Cors { origins, credentials, allow_headers, expose_headers, max_age, private_network } =
        cors;
    let origins = match origins {
        Origins::Any => quote! { ::bff::__private::cors::Origins::Any },
        Origins::Listed(listed) => {
            let listed = allowed_origins(listed);
            quote! { ::bff::__private::cors::Origins::Listed(#listed) }
        }
    };
    let allow_headers = match allow_headers {
        AllowedHeaders::Asked => quote! { ::bff::__private::cors::AllowedHeaders::Asked },
        AllowedHeaders::Listed(names) => {
            let names = names.join(", ");
            quote! { ::bff::__private::cors::AllowedHeaders::Listed(#names) }
        }
    };
    let expose_headers = expose_headers.join(", ");
    let max_age = max_age.as_secs().to_string();
    quote! {
        ::bff::__private::cors::Cors {
            origins: #origins,
            credentials: #credentials,
            allow_headers: #allow_headers,
            expose_headers: #expose_headers,
            max_age: #max_age,
            private_network: #private_network,
        }
    }
}

/// `&[AllowedOrigin::Exact("https://app.example.com")]`.
pub(super) fn allowed_origins(origins: &[AllowedOrigin]) -> TokenStream {
    let origins = origins.iter().map(|origin| match origin {
        AllowedOrigin::Exact(text) => {
            quote! { ::bff::__private::cors::AllowedOrigin::Exact(#text) }
        }
        AllowedOrigin::Subdomains { scheme, domain } => quote! {
            ::bff::__private::cors::AllowedOrigin::Subdomains { scheme: #scheme, domain: #domain }
        },
    });
    quote! { &[#(#origins),*] }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn plain(tokens: TokenStream) -> String {
        tokens.to_string().replace(' ', "").replace("::bff::__private::cors::", "")
    }

    #[test]
    fn a_policy_is_static_data() {
        let listed = vec![
            AllowedOrigin::Exact("https://a.example".to_owned()),
            AllowedOrigin::Subdomains {
                scheme: "https://".to_owned(),
                domain: ".b.example:8443".to_owned(),
            },
        ];
        let policy = Cors {
            origins: Origins::Listed(listed),
            credentials: true,
            allow_headers: AllowedHeaders::Listed(vec!["x-a".to_owned(), "x-b".to_owned()]),
            expose_headers: vec!["etag".to_owned(), "x-total".to_owned()],
            max_age: Duration::from_secs(3600),
            private_network: true,
        };
        assert_eq!(
            plain(cors(&policy)),
            "Cors{origins:Origins::Listed(&[AllowedOrigin::Exact(\"https://a.example\"),\
             AllowedOrigin::Subdomains{scheme:\"https://\",domain:\".b.example:8443\"}]),\
             credentials:true,allow_headers:AllowedHeaders::Listed(\"x-a,x-b\"),\
             expose_headers:\"etag,x-total\",max_age:\"3600\",private_network:true,}"
        );
        let policy = Cors {
            origins: Origins::Any,
            credentials: false,
            allow_headers: AllowedHeaders::Asked,
            expose_headers: Vec::new(),
            max_age: Duration::ZERO,
            private_network: false,
        };
        assert_eq!(
            plain(cors(&policy)),
            "Cors{origins:Origins::Any,credentials:false,allow_headers:AllowedHeaders::Asked,\
             expose_headers:\"\",max_age:\"0\",private_network:false,}"
        );
    }
}
