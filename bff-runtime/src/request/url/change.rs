//! Other URLs of the same app.

use std::fmt::Display;

use form_urlencoded::{byte_serialize, parse};

use super::{Url, encode};

impl Url {
    /// With this path inside the app; base path and query stay.
    ///
    /// What a path cannot hold is encoded, `?` and `#` included, and dot segments are resolved: the result is
    /// always below the base path.
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let url = Request::new(Body::empty()).url();
    /// assert_eq!(url.with_path("/a b").path(), "/a%20b");
    /// ```
    #[must_use]
    pub fn with_path(&self, path: &str) -> Self {
        self.inside(&encode::path(path), self.raw_query(), self.fragment())
    }

    /// Below another prefix, or below none when it is empty (RH-133).
    #[must_use]
    pub fn with_base_path(&self, base: &str) -> Self {
        let base = encode::path(base);
        let base = base.trim_end_matches('/');
        Self::of(self.origin().clone(), base, self.path(), self.raw_query(), self.fragment())
    }

    /// With this query parameter, instead of all that have its name. The others stay as they were sent.
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let mut request = Request::new(Body::empty());
    /// # *request.uri_mut() = "/posts?page=1&sort=new".parse().unwrap();
    /// # let url = request.url();
    /// assert_eq!(url.with_query_pair("page", 2).raw_query(), Some("page=2&sort=new"));
    /// ```
    #[must_use]
    pub fn with_query_pair(&self, name: &str, value: impl Display) -> Self {
        let mut new = Some(pair(name, value));
        let mut pairs: Vec<String> = Vec::new();
        for old in self.raw_pairs() {
            if !is_named(old, name) {
                pairs.push(old.to_owned());
            } else if let Some(new) = new.take() {
                pairs.push(new);
            }
        }
        pairs.extend(new);
        self.with_raw_query(Some(&pairs.join("&")))
    }

    /// With one more query parameter, after those of the same name.
    ///
    /// ```
    /// # use bff::{Request, RequestExt, axum::body::Body};
    /// # let url = Request::new(Body::empty()).url();
    /// let url = url.and_query_pair("tag", "a").and_query_pair("tag", "b c");
    /// assert_eq!(url.raw_query(), Some("tag=a&tag=b+c"));
    /// ```
    #[must_use]
    pub fn and_query_pair(&self, name: &str, value: impl Display) -> Self {
        let new = pair(name, value);
        let pairs: Vec<&str> = self.raw_pairs().chain([&*new]).collect();
        self.with_raw_query(Some(&pairs.join("&")))
    }

    /// Without the query parameters of this name.
    #[must_use]
    pub fn without_query_pair(&self, name: &str) -> Self {
        let pairs: Vec<&str> = self.raw_pairs().filter(|pair| !is_named(pair, name)).collect();
        let query = (!pairs.is_empty()).then(|| pairs.join("&"));
        self.with_raw_query(query.as_deref())
    }

    /// Without any query.
    #[must_use]
    pub fn without_query(&self) -> Self {
        self.with_raw_query(None)
    }

    fn with_raw_query(&self, query: Option<&str>) -> Self {
        self.inside(self.path(), query, self.fragment())
    }

    fn raw_pairs(&self) -> impl Iterator<Item = &str> {
        self.raw_query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .filter(|pair| !pair.is_empty())
    }
}

fn pair(name: &str, value: impl Display) -> String {
    let mut pair = String::new();
    pair.extend(byte_serialize(name.as_bytes()));
    pair.push('=');
    pair.extend(byte_serialize(value.to_string().as_bytes()));
    pair
}

fn is_named(pair: &str, name: &str) -> bool {
    parse(pair.as_bytes()).next().is_some_and(|(found, _)| found == name)
}
