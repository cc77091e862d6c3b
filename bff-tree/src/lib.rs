//! The pure core of bff: the files of an app folder in, a validated route tree and diagnostics out.
//!
//! The macro (`bff::app!`), the handler attributes and the CLI all ask this library what a folder name, a
//! `route.rs` or a conflict means, so they cannot disagree.
//!
//! ```
//! use bff_tree::{SourceTree, check};
//!
//! let source = SourceTree::from_fixture(
//!     "//- app/posts/[id]/route.rs\n#[get] async fn show(id: u64) -> String { id.to_string() }\n",
//! );
//! let checked = check(&source);
//! assert!(checked.diagnostics.is_empty());
//! assert_eq!(checked.tree.routes[0].pattern.to_string(), "/posts/{id}");
//! ```
//!
//! Invariant: this crate never prints, never starts a process, never reads the environment, and touches the
//! disk in `source.rs` alone. It knows neither axum nor `proc_macro`.

mod absent;
mod allowed_origin;
mod api_file;
mod argument;
mod attribute;
mod axum_limits;
mod cache;
pub mod config;
mod cors;
mod csrf;
mod diagnostic;
mod excerpt;
mod handler;
mod instrumentation_file;
mod key_list;
mod lexer;
mod location;
mod marks;
mod metadata;
mod method;
mod model;
mod names;
mod network;
mod pages;
pub mod path_pattern;
mod pattern;
mod proxy;
mod proxy_file;
mod public;
mod quantity;
mod rate_limit;
mod render;
mod route_file;
mod rust_path;
mod scan;
mod segment;
mod source;
mod static_params;
mod suggest;
mod syntax;
mod token;
mod validate;

pub use crate::{
    allowed_origin::AllowedOrigin,
    argument::Argument,
    attribute::{AttributeArgs, Requirement, is_handler_attribute},
    axum_limits::axum_conflict,
    cache::{Revalidate, Tag, TagPiece, Vary},
    cors::{AllowedHeaders, Cors, Origins},
    csrf::Csrf,
    diagnostic::{Code, Diagnostic, Diagnostics, Reporter},
    excerpt::Excerpt,
    handler::{Handler, HandlerForm, Mistake},
    instrumentation_file::{InstrumentationFile, InstrumentationFunction},
    location::Location,
    metadata::{
        ImageArgs, ImageFile, Metadata, MetadataAttribute, MetadataCode, MetadataForm,
        MetadataKind, MetadataName, metadata_elsewhere, metadata_function, metadata_pattern,
    },
    method::Method,
    model::{Route, RouteKind, RouteTree, ValidRouteTree},
    names::{ident, module_ident, url_module_ident},
    pages::{api_names, pages_index},
    pattern::RoutePattern,
    proxy::{Carets, Constants, Proxy, ProxyForm, ProxyMistake, ProxyRule, bare_decision, is_next},
    proxy_file::ProxyFile,
    public::PublicFolder,
    rate_limit::{Outage, RateLimit, RateLimitKey, RateLimitMistake},
    render::render,
    route_file::{RouteFile, RouteHandler},
    segment::{ParamName, Segment, SegmentMistake},
    source::{AppFolder, SourceFile, SourceTree},
    static_params::{ListedParam, StaticParams},
    syntax::doc_line,
    validate::{Checked, check},
};
