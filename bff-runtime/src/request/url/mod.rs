//! The URL of a request, as the client knows it: [`Url`].
//!
//! A router that is nested, or a rule that rewrites, changes the URI that a handler finds in its request. The
//! client knows neither, so links and redirects start from the URL that it sent.

mod callback;
mod change;
mod encode;
mod join;
mod pairs;
mod sent;
#[expect(clippy::module_inception, reason = "a file has the name of its type")]
mod url;

#[cfg(test)]
mod tests;

pub use self::{callback::Callback, pairs::QueryPairs, sent::rewrite, url::Url};

pub(crate) use self::sent::{at, base_path, forget_sent, is_as_sent, original, rewrite_path};
