use bff_tree::{InstrumentationFile, InstrumentationFunction};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::table::cfgs;
use crate::place::AppPlace;

/// The module of the instrumentation file.
pub(super) fn module(file: Option<&InstrumentationFile>, place: &AppPlace) -> TokenStream {
    let Some(file) = file else { return TokenStream::new() };
    let path = place.module_path(&file.file);
    // With a mistake elsewhere nothing calls its functions.
    quote! {
        #[path = #path]
        #[allow(dead_code)]
        mod __bff_instrumentation;
    }
}

/// What `app` has of it, and how its router is wrapped:
///
/// ```text
/// pub static __INSTRUMENTATION: Instrumentation = Instrumentation::new("instrumentation.rs", &[|| {
///     Box::pin(async { Outcome::outcome(super::__bff_instrumentation::register().await) })
/// }], &[|report| {
///     Box::pin(async move {
///         Outcome::outcome(super::__bff_instrumentation::on_request_error(argument(&report)).await)
///     })
/// }]);
/// pub async fn register() -> Result<(), Error> { __INSTRUMENTATION.register().await }
/// ```
pub(super) fn entry(file: Option<&InstrumentationFile>) -> TokenStream {
    let Some(found) = file else { return TokenStream::new() };
    let file = &found.file;
    let file_cfgs = cfgs(&found.cfgs);
    let closures = |name: &str, functions: &[InstrumentationFunction], parameter: TokenStream| {
        let name = format_ident!("{name}");
        let closures = functions.iter().map(|function| {
            let cfgs = cfgs(&function.cfgs);
            let arguments =
                (0..function.arguments).map(|_| quote! { ::bff::__private::argument(&__report) });
            let wait = function.is_async.then(|| quote! { .await });
            quote! {
                #file_cfgs #cfgs
                |#parameter| -> ::bff::__private::OutcomeFuture {
                    ::bff::__private::Box::pin(async move {
                        ::bff::__private::Outcome::outcome(
                            super::__bff_instrumentation::#name(#(#arguments),*) #wait
                        )
                    })
                }
            }
        });
        quote! { &[#(#closures),*] }
    };
    let register = closures("register", &found.register, TokenStream::new());
    let report = quote! { __report: ::bff::__private::Arc<::bff::__private::Report> };
    let on_request_error = closures("on_request_error", &found.on_request_error, report);
    quote! {
        static __INSTRUMENTATION: ::bff::__private::Instrumentation =
            ::bff::__private::Instrumentation::new(#file, #register, #on_request_error);

        /// Runs `register` of the instrumentation file, once for each process. `bff::serve` does that by itself.
        pub async fn register() -> ::bff::Result {
            __INSTRUMENTATION.register().await
        }
    }
}

/// A router of the app, which tells its errors.
pub(super) fn wrapped(file: Option<&InstrumentationFile>, router: &TokenStream) -> TokenStream {
    match file {
        None => router.clone(),
        Some(_) => quote! { ::bff::__private::instrumented(&__INSTRUMENTATION, #router) },
    }
}
