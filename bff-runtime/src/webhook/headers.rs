use http::HeaderMap;

/// The headers of a message, for a [`Provider`](super::Provider) to read.
#[derive(Clone, Copy, Debug)]
pub struct Headers<'a>(&'a HeaderMap);

impl<'a> Headers<'a> {
    pub(super) const fn new(headers: &'a HeaderMap) -> Self {
        Self(headers)
    }

    /// The value of a header that stands there once. `None` when it is missing or empty, and when it is there more
    /// than once or is no ASCII: two readers could take different ones.
    pub fn one(&self, name: &str) -> Option<&'a str> {
        let mut values = self.0.get_all(name).iter();
        let value = values.next().filter(|_| values.next().is_none())?;
        value.to_str().ok().filter(|value| !value.is_empty())
    }
}
