use crate::{Location, RouteFile, RoutePattern};

/// The routes of an app as found, possibly contradictory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTree {
    /// Sorted by folder.
    pub routes: Vec<Route>,
}

/// One `route.rs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The folder relative to the app, `""` for the app folder itself: `api/posts/[id]`.
    pub folder: String,
    /// The file relative to the package: `app/api/posts/[id]/route.rs`.
    pub file: String,
    /// The URL pattern of the folder.
    pub pattern: RoutePattern,
    /// What stands in the file.
    pub content: RouteFile,
}

impl Route {
    /// The route file as a place.
    pub fn location(&self) -> Location {
        Location::file(&self.file)
    }
}

/// A route tree in which no rule of [`check`](crate::check) found a mistake that only the whole tree shows.
///
/// There is no other way to make one, so what expands it cannot fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidRouteTree(RouteTree);

impl ValidRouteTree {
    pub(crate) fn new(tree: RouteTree) -> Self {
        Self(tree)
    }

    /// The routes, sorted by folder.
    pub fn routes(&self) -> &[Route] {
        &self.0.routes
    }
}
