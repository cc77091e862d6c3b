//! The procedural macros of bff. Their documentation is on their re-exports in the `bff-runtime` crate, where
//! its examples compile.
//!
//! Invariant: what an app folder or a signature means is decided by `bff-tree`; nothing is decided here.

mod app;
mod attributed;
mod expand;
mod function;
mod handler;
mod input;
mod metadata;
mod place;
mod proxy;
mod report;
mod static_params;

use proc_macro::TokenStream;

#[doc(hidden)]
#[proc_macro]
pub fn app(input: TokenStream) -> TokenStream {
    app::app(input.into()).into()
}

#[doc(hidden)]
#[proc_macro_attribute]
pub fn proxy(arguments: TokenStream, item: TokenStream) -> TokenStream {
    proxy::proxy(arguments.into(), item.into()).into()
}

#[doc(hidden)]
#[proc_macro_attribute]
pub fn static_params(arguments: TokenStream, item: TokenStream) -> TokenStream {
    static_params::static_params(arguments.into(), item.into()).into()
}

macro_rules! handler_attributes {
    ($($name:ident)+) => {
        $(#[doc(hidden)]
        #[proc_macro_attribute]
        pub fn $name(arguments: TokenStream, item: TokenStream) -> TokenStream {
            handler::handler(stringify!($name), arguments.into(), item.into()).into()
        })+
    };
}

handler_attributes! { get post put patch delete head options route api }

macro_rules! metadata_attributes {
    ($($name:ident)+) => {
        $(#[doc(hidden)]
        #[proc_macro_attribute]
        pub fn $name(arguments: TokenStream, item: TokenStream) -> TokenStream {
            metadata::metadata(stringify!($name), arguments.into(), item.into()).into()
        })+
    };
}

metadata_attributes! {
    robots manifest sitemap sitemaps icon icons apple_icon apple_icons
    opengraph_image opengraph_images twitter_image twitter_images
}
