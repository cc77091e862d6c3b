use std::{fmt, sync::Arc};

use http::{
    StatusCode, Uri,
    uri::{self, PathAndQuery},
};

use super::{
    client::Clients,
    error::{Kind, UpstreamError},
    path::below,
    timeouts::Timeouts,
    url::Place,
};

/// A destination that requests can be sent to: the declared place, and the connections to it.
pub(super) struct Target {
    place: Place,
    pub(super) clients: Clients,
}

impl Target {
    pub(super) fn new(
        place: Place,
        timeouts: &Timeouts,
        http2: bool,
    ) -> Result<Arc<Self>, &'static str> {
        let clients = Clients::new(&place, timeouts.connect, http2)?;
        Ok(Arc::new(Self { place, clients }))
    }

    /// The URL of a path below the declared one. Everything in front of the path comes from the declaration.
    pub(super) fn uri(&self, path: &str, query: Option<&str>) -> Result<Uri, UpstreamError> {
        let refuse =
            |reason| UpstreamError::new(Kind::Request(StatusCode::BAD_REQUEST, reason), self);
        let mut path = below(&self.place.base, path).ok_or_else(|| {
            refuse("a path for an upstream has a dot segment, a backslash, `?` or `#` in it")
        })?;
        if let Some(query) = query {
            path.push('?');
            path.push_str(query);
        }
        let path = PathAndQuery::try_from(path)
            .map_err(|error| refuse("a path or a query is none").with_source(error))?;
        let mut parts = uri::Parts::default();
        parts.scheme = Some(self.place.scheme.clone());
        parts.authority = Some(self.place.authority.clone());
        parts.path_and_query = Some(path);
        Uri::from_parts(parts)
            .map_err(|error| refuse("a path or a query is none").with_source(error))
    }
}

/// For the log.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.place.scheme, self.place.authority)
    }
}
