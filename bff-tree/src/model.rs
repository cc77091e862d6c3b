use proc_macro2::Ident;

use crate::{
    InstrumentationFile, Location, Metadata, ProxyFile, PublicFolder, RouteFile, RoutePattern,
    config::Config, names,
};

/// The routes of an app as found, possibly contradictory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTree {
    /// Sorted by folder.
    pub routes: Vec<Route>,
    /// What runs before them.
    pub proxy: Option<ProxyFile>,
    /// What starts with the app and hears of its errors. Boxed, because a tree is moved about whole and most have none.
    pub instrumentation: Option<Box<InstrumentationFile>>,
    /// What is served as it is.
    pub public: Option<Box<PublicFolder>>,
}

/// One `route.rs` of the app folder, one file below `pages/api`, or one URL of a metadata file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which of them it is.
    pub kind: RouteKind,
    /// The folder relative to the app, `""` for the app folder itself: `api/posts/[id]`. For a file below
    /// `pages/api` the file itself, relative to `pages` and without `.rs`: `api/posts/[id]`, `api/posts/index`. For a
    /// metadata file the same, relative to the app: `shop/sitemap`, `shop/icon.png`.
    pub folder: String,
    /// The file relative to the package: `app/api/posts/[id]/route.rs`, `pages/api/posts/[id].rs`.
    pub file: String,
    /// The URL pattern of the folder, or of the file.
    pub pattern: RoutePattern,
    /// What stands in the file.
    pub content: RouteFile,
    /// What a metadata file is about; for no other route. Boxed, because few have it.
    pub metadata: Option<Box<Metadata>>,
}

/// Which convention a route follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteKind {
    /// A `route.rs` in a folder below the app folder: one handler for each method.
    App,
    /// A file below `pages/api`: one function for all methods (RH-470).
    Pages,
    /// A metadata file: one function, or the file itself (section 14 of the configuration specification).
    Metadata,
}

impl Route {
    /// The module that `app!` declares for this file.
    pub fn module(&self) -> Ident {
        match self.kind {
            RouteKind::App => names::module_ident(&self.folder),
            RouteKind::Pages => names::pages_module_ident(&self.folder),
            RouteKind::Metadata => names::metadata_module_ident(&self.folder),
        }
    }

    /// The route file as a place.
    pub fn location(&self) -> Location {
        Location::file(&self.file)
    }
}

/// A route tree in which no rule of [`check`](crate::check) found a mistake that only the whole tree shows.
///
/// There is no other way to make one, so what expands it cannot fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidRouteTree {
    tree: RouteTree,
    config: Config,
}

impl ValidRouteTree {
    pub(crate) fn new(tree: RouteTree, config: Config) -> Self {
        Self { tree, config }
    }

    /// The routes, sorted by folder.
    pub fn routes(&self) -> &[Route] {
        &self.tree.routes
    }

    /// What `bff.toml` says.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What runs before them.
    pub fn proxy(&self) -> Option<&ProxyFile> {
        self.tree.proxy.as_ref()
    }

    /// What starts with the app and hears of its errors.
    pub fn instrumentation(&self) -> Option<&InstrumentationFile> {
        self.tree.instrumentation.as_deref()
    }

    /// What is served as it is.
    pub fn public(&self) -> Option<&PublicFolder> {
        self.tree.public.as_deref()
    }
}
