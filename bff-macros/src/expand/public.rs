use bff_tree::PublicFolder;
use proc_macro2::TokenStream;
use quote::quote;

use crate::{input::PublicSource, place::AppPlace};

/// The files of `public/`: on the disk of the developer in a debug build, as the app says in any other.
///
/// ```text
/// #[cfg(debug_assertions)]
/// static PUBLIC: Folder = Folder::live_in("/home/me/my-api/public");
/// #[cfg(not(debug_assertions))]
/// static PUBLIC: Folder = Folder::embedded(&[File::new("a.txt", include_bytes!("../public/a.txt"))]);
/// ```
pub(super) fn table(public: &PublicFolder, source: PublicSource, place: &AppPlace) -> TokenStream {
    let built = place.absolute_path(&public.path);
    let released = match source {
        PublicSource::Disk => quote! { listed() },
        PublicSource::Live => quote! { live() },
        PublicSource::Embed => {
            let files = public.files.iter().map(|file| {
                let kind = match public.stale.binary_search(file) {
                    Ok(_) => quote! { stale },
                    Err(_) => quote! { new },
                };
                let path = place.module_path(&format!("{}/{file}", public.path));
                quote! { ::bff::__private::public::File::#kind(#file, ::core::include_bytes!(#path)) }
            });
            quote! { embedded(&[#(#files),*]) }
        }
    };
    quote! {
        #[cfg(debug_assertions)]
        static PUBLIC: ::bff::__private::public::Folder = ::bff::__private::public::Folder::live_in(#built);
        #[cfg(not(debug_assertions))]
        static PUBLIC: ::bff::__private::public::Folder = ::bff::__private::public::Folder::#released;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_build_holds_what_the_app_says() {
        let public = PublicFolder {
            path: "web/public".to_owned(),
            files: vec!["a b.txt".to_owned(), "x.js".to_owned(), "x.js.gz".to_owned()],
            stale: vec!["x.js.gz".to_owned()],
        };
        let place = AppPlace::for_test("/p", "/p/src");
        for (source, expected) in [
            (PublicSource::Disk, "Folder::listed()"),
            (PublicSource::Live, "Folder::live()"),
            (
                PublicSource::Embed,
                "Folder::embedded(&[::bff::__private::public::File::new(\"ab.txt\",::core::include_bytes!(\"../web/public/ab.txt\")),\
                ::bff::__private::public::File::new(\"x.js\",::core::include_bytes!(\"../web/public/x.js\")),\
                ::bff::__private::public::File::stale(\"x.js.gz\",::core::include_bytes!(\"../web/public/x.js.gz\"))])",
            ),
        ] {
            let tokens = table(&public, source, &place);
            let file: syn::File = syn::parse2(tokens).expect("two items");
            let text = quote! { #file }.to_string().replace([' ', '\n'], "");
            assert!(text.contains(&format!("#[cfg(not(debug_assertions))]staticPUBLIC:::bff::__private::public::Folder=::bff::__private::public::{expected}")), "{text}");
            assert!(text.contains("live_in(\"/p/web/public\")"), "{text}");
        }
    }
}
