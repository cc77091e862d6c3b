//! Metadata files that are served as they are, and the tags that stand for all of them.

use bff_tree::{Metadata, MetadataForm, MetadataKind, Route};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::place::AppPlace;

/// Of the routes, those whose files are served as they are: the file and its entry.
///
/// ```text
/// static __bff_metadata__icon_opng: MetadataFile =
///     MetadataFile::new("icon.png", "image/png", include_bytes!("../app/icon.png"));
/// const __bff_metadata__icon_opng_entry: Entry<super::__BffState> =
///     Entry::function(HandlerInfo::new("icon.png", &["GET"], "").reads_only(Reads::NOTHING), false,
///         |_, _| __bff_metadata__icon_opng.answer());
/// ```
pub(super) fn files(routes: &[Route], place: &AppPlace) -> TokenStream {
    let files = routes.iter().filter_map(|route| Some((route, of_file(route)?)));
    files
        .map(|(route, metadata)| {
            let (file, entry) = (route.module(), file_entry(route));
            let name = route.file.rsplit('/').next().unwrap_or(&route.file);
            let path = place.module_path(&route.file);
            let content_type = &metadata.content_type;
            // The text of an image is a part of the program too.
            let alt = metadata.alt_file.as_deref().map(|alt| {
                let path = place.module_path(alt);
                quote! { const _: &[u8] = ::core::include_bytes!(#path); }
            });
            quote! {
                #[allow(non_upper_case_globals)]
                static #file: ::bff::__private::metadata::MetadataFile =
                    ::bff::__private::metadata::MetadataFile::new(#name, #content_type, ::core::include_bytes!(#path));
                #[allow(non_upper_case_globals)]
                const #entry: ::bff::__private::Entry<super::__BffState> = ::bff::__private::Entry::function(
                    ::bff::__private::HandlerInfo::new(#name, &["GET"], "")
                        .reads_only(::bff::__private::cache::Reads::NOTHING),
                    false,
                    |_, _| #file.answer(),
                );
                #alt
            }
        })
        .collect()
}

/// The entry of a route whose file is served as it is.
pub(super) fn file_entry(route: &Route) -> Ident {
    format_ident!("{}_entry", route.module())
}

/// What a route serves as it is.
pub(super) fn of_file(route: &Route) -> Option<&Metadata> {
    route.metadata.as_deref().filter(|metadata| metadata.form == MetadataForm::File)
}

/// True for a route with a module that no other route has.
pub(super) fn has_own_module(route: &Route) -> bool {
    let form = route.metadata.as_deref().map(|metadata| metadata.form);
    !matches!(form, Some(MetadataForm::File | MetadataForm::Index))
}

/// `app::head_tags`, in an app that has files with tags.
///
/// ```text
/// static HEAD: HeadTable = HeadTable::new("app", BASE_PATH, ROUTES, &[
///     HeadFile::new(HeadKind::Icon, "app/icon.png", "image/png").size(32u32, 32u32).content(&__bff_metadata__icon_opng),
/// ]);
/// pub fn head_tags(path: &str) -> HeadTags { HEAD.tags(path) }
/// ```
pub(super) fn head_tags(routes: &[Route]) -> Option<TokenStream> {
    let files: Vec<TokenStream> = routes.iter().filter_map(head_file).collect();
    let app = routes.iter().find(|route| head_file(route).is_some()).map(app_folder)?;
    Some(quote! {
        static HEAD: ::bff::__private::metadata::HeadTable =
            ::bff::__private::metadata::HeadTable::new(#app, BASE_PATH, ROUTES, &[#(#files),*]);

        /// The tags of the metadata files that stand for the page with this path, which is without the base path.
        pub fn head_tags(path: &str) -> ::bff::__private::metadata::HeadTags {
            HEAD.tags(path)
        }
    })
}

/// The app folder that a metadata file is in, relative to the package.
fn app_folder(route: &Route) -> &str {
    let path = route.file.strip_suffix(".rs").unwrap_or(&route.file);
    path.strip_suffix(&*route.folder).unwrap_or(path).trim_end_matches('/')
}

/// The same beside the errors of a tree.
pub(super) fn no_head_tags(routes: &[Route]) -> Option<TokenStream> {
    routes.iter().any(|route| head_file(route).is_some()).then(|| {
        quote! {
            pub fn head_tags(_path: &str) -> ::bff::__private::metadata::HeadTags {
                ::core::default::Default::default()
            }
        }
    })
}

fn head_file(route: &Route) -> Option<TokenStream> {
    let metadata = route.metadata.as_deref()?;
    if matches!(metadata.form, MetadataForm::Each | MetadataForm::Index) {
        return None;
    }
    let kind = match metadata.kind {
        MetadataKind::Favicon => quote! { Favicon },
        MetadataKind::Icon => quote! { Icon },
        MetadataKind::AppleIcon => quote! { AppleIcon },
        MetadataKind::Manifest => quote! { Manifest },
        MetadataKind::OpengraphImage => quote! { OpengraphImage },
        MetadataKind::TwitterImage => quote! { TwitterImage },
        MetadataKind::Sitemap | MetadataKind::Robots => return None,
    };
    let (file, content_type) = (&route.file, &metadata.content_type);
    let size = metadata.image.size.map(|(width, height)| quote! { .size(#width, #height) });
    let alt = metadata.image.alt.as_deref().map(|alt| quote! { .alt(#alt) });
    let content = of_file(route).map(|_| {
        let file = route.module();
        quote! { .content(&#file) }
    });
    Some(quote! {
        ::bff::__private::metadata::HeadFile::new(::bff::__private::metadata::HeadKind::#kind, #file, #content_type)
            #size #alt #content
    })
}

#[cfg(test)]
mod tests {
    use bff_tree::{SourceTree, check};

    use super::*;

    fn plain(tokens: TokenStream) -> String {
        tokens.to_string().replace(' ', "").replace("::bff::__private::", "")
    }

    #[test]
    fn a_file_is_a_static_with_an_entry_and_a_tag() {
        let checked = check(&SourceTree::from_fixture(
            "//- app/x/icon.svg\n<svg/>\n//- app/x/twitter-image.rs\n\
             #[twitter_image(alt = \"a\", size = \"2x1\")] fn made() {}\n//- app/sitemap.xml\n",
        ));
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        let place = AppPlace::for_test("/p", "/p/src");
        let files = plain(files(&checked.tree.routes, &place));
        for part in [
            "static__bff_metadata__x__icon_osvg:metadata::MetadataFile=metadata::MetadataFile::new(\"icon.svg\",\"image/svg+xml\",::core::include_bytes!(\"../app/x/icon.svg\"));",
            "|_,_|__bff_metadata__x__icon_osvg.answer(),",
            "MetadataFile::new(\"sitemap.xml\",\"application/xml;charset=utf-8\",",
        ] {
            assert!(files.contains(part), "{part} in {files}");
        }
        let tags = plain(head_tags(&checked.tree.routes).expect("two tags"));
        for part in [
            "HeadTable::new(\"app\",BASE_PATH,ROUTES,",
            "HeadKind::Icon,\"app/x/icon.svg\",\"image/svg+xml\").content(&__bff_metadata__x__icon_osvg)",
            "HeadKind::TwitterImage,\"app/x/twitter-image.rs\",\"image/png\").size(2u32,1u32).alt(\"a\")",
        ] {
            assert!(tags.contains(part), "{part} in {tags}");
        }
    }

    #[test]
    fn an_app_without_metadata_files_pays_for_none() {
        let checked = check(&SourceTree::from_fixture(
            "//- app/route.rs\n#[get] fn a() {}\n//- app/robots.rs\n#[robots] fn made() {}\n",
        ));
        let routes = &checked.tree.routes;
        assert!(files(routes, &AppPlace::for_test("/p", "/p/src")).is_empty());
        assert!(head_tags(routes).is_none() && no_head_tags(routes).is_none());
    }
}
