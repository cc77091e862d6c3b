use std::borrow::Cow;

use http::StatusCode;

use super::{Error, Problem};

/// `or_404` on [`Option`].
pub trait OptionExt<T> {
    /// The value, or a 404 with this detail for the client.
    ///
    /// ```
    /// use bff::OptionExt;
    ///
    /// assert_eq!(Some(1).or_404("no such post").unwrap(), 1);
    /// assert_eq!(None::<u8>.or_404("no such post").unwrap_err().status(), 404);
    /// ```
    ///
    /// # Errors
    /// 404 when there is no value.
    fn or_404(self, detail: impl Into<Cow<'static, str>>) -> Result<T, Error>;
}

impl<T> OptionExt<T> for Option<T> {
    fn or_404(self, detail: impl Into<Cow<'static, str>>) -> Result<T, Error> {
        self.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND).detail(detail).into())
    }
}
