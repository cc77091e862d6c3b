//! What stands beside `app`: the modules of its files, and what they know of where they are.

use bff_tree::{InstrumentationFile, ProxyFile, Route};
use proc_macro2::TokenStream;
use quote::quote;

use super::{instrumentation, metadata_files::has_own_module, proxy, table::cfgs};
use crate::{input::AppInput, place::AppPlace};

/// How many URL segments there would be from the package to the folder that URLs begin in, if they were below it.
#[derive(Clone, Copy)]
pub(crate) struct Above {
    pub(crate) app: usize,
    /// `None` without a `pages` folder.
    pub(crate) pages: Option<usize>,
}

pub(super) fn modules(
    input: &AppInput,
    place: &AppPlace,
    above: Above,
    routes: &[Route],
    (proxy, instrumentation): (Option<&ProxyFile>, Option<&InstrumentationFile>),
) -> TokenStream {
    let proxy = proxy::module(proxy, place);
    let instrumentation = instrumentation::module(instrumentation, place);
    let state = input.state_type();
    let modules = routes.iter().filter(|route| has_own_module(route)).map(|route| {
        let module = route.module();
        let path = place.module_path(&route.file);
        let cfgs = cfgs(&route.content.cfgs);
        quote! {
            #cfgs
            #[path = #path]
            #[allow(non_snake_case)]
            mod #module;
        }
    });
    let Above { app, pages } = above;
    let above_pages = pages.map(|pages| {
        quote! {
            #[doc(hidden)]
            #[allow(dead_code)]
            const __BFF_ABOVE_PAGES: usize = #pages;
        }
    });
    quote! {
        #[doc(hidden)]
        #[allow(dead_code)]
        type __BffState = #state;
        #[doc(hidden)]
        #[allow(dead_code)]
        const __BFF_ABOVE: usize = #app;
        #above_pages
        #(#modules)*
        #proxy
        #instrumentation
    }
}

/// A warning at the macro call. Stable Rust has no other way for a macro to warn than a deprecated item.
pub(super) fn build_script_hint() -> TokenStream {
    let note = "\
add a `build.rs`, or cargo will not notice new route folders:

    fn main() {
        for path in [\"app\", \"src/app\", \"pages\", \"src/pages\", \"proxy.rs\", \"instrumentation.rs\", \"public\", \"bff.toml\", \"build.rs\"] {
            if std::path::Path::new(path).exists() { println!(\"cargo::rerun-if-changed={path}\") }
        }
    }
";
    quote! {
        const _: () = {
            #[deprecated(note = #note)]
            #[allow(non_upper_case_globals)]
            const this_package_has_no_build_script: () = ();
            this_package_has_no_build_script
        };
    }
}
