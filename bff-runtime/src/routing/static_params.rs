use std::{fmt, fmt::Display, pin::Pin, sync::Arc};

use axum::{
    extract::{FromRef, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;

use super::{Segment, listing::Listing, path};
use crate::{Problem, Result, error::failure};

/// Params being listed. Each item has the decoded path segments of each param, in the order of the path.
pub type StaticParamsFuture = Pin<Box<dyn Future<Output = Result<Vec<ParamValues>>> + Send>>;

/// The values of a route's params: one segment for a `[param]`, any number for a catch-all.
pub type ParamValues = Vec<Vec<String>>;

/// A `#[static_params]` function as its attribute emits it.
pub struct StaticParams<S: 'static> {
    run: fn(&Arc<S>) -> StaticParamsFuture,
    only_listed: bool,
}

impl<S> StaticParams<S> {
    /// A function that lists params.
    pub const fn new(run: fn(&Arc<S>) -> StaticParamsFuture) -> Self {
        Self { run, only_listed: false }
    }

    /// Nothing else is served (RH-318).
    #[must_use]
    pub const fn only_listed(mut self) -> Self {
        self.only_listed = true;
        self
    }

    /// Stands for a function with a mistake that has been reported, so that nothing else is.
    pub const fn refused() -> Self {
        Self::new(|_| Box::pin(std::future::pending()))
    }

    /// Runs it.
    pub(crate) fn list(&self, state: &Arc<S>) -> StaticParamsFuture {
        (self.run)(state)
    }
}

impl<S> Clone for StaticParams<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for StaticParams<S> {}

impl<S> fmt::Debug for StaticParams<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaticParams")
            .field("only_listed", &self.only_listed)
            .finish_non_exhaustive()
    }
}

/// What a `#[static_params]` function may return: a list of `T`s, each of which stands for one URL.
///
/// `T` is a param of the trait, so that a list of anything else is one mistake and not two.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of the params of this route",
    label = "not a list of `{T}`",
    note = "return anything that iterates: values for one param, such as `Vec<u64>`, and tuples for several, in the order of the path",
    note = "the segments of a catch-all are a list of their own: `Vec<Vec<String>>`"
)]
pub trait ParamsList<T> {
    /// All of them.
    fn items(self) -> Vec<T>;
}

#[diagnostic::do_not_recommend]
impl<T, I: IntoIterator<Item = T>> ParamsList<T> for I {
    fn items(self) -> Vec<T> {
        self.into_iter().collect()
    }
}

/// [`ParamsList::items`], called in a way that rustc complains about once when `L` is none.
pub fn listed_params<L: ParamsList<T>, T>(list: L) -> Vec<T> {
    list.items()
}

/// The one segment of a `[param]`.
pub fn listed_param(value: &impl Display) -> Vec<String> {
    vec![value.to_string()]
}

/// An argument of a `#[static_params]` function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be had where params are listed",
    label = "takes a request, and none exists when this function runs",
    note = "such a function takes `State<T>` only; that needs `bff::app!(state = T)`, or `T: FromRef` of that state, and `T: Clone`"
)]
pub trait ListsFrom<S> {
    /// Takes it out of the app's state.
    fn lists_from(state: &S) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: FromRef<S>, S> ListsFrom<S> for State<T> {
    fn lists_from(state: &S) -> Self {
        Self(T::from_ref(state))
    }
}

/// What alone is served of a route that has no dynamic params, once it has been listed.
pub(super) struct OnlyListed<S: 'static> {
    list: StaticParams<S>,
    segments: &'static [Segment],
    listing: Arc<Listing>,
}

impl<S> OnlyListed<S> {
    /// `None` where others are served as well.
    pub(super) fn new(list: Option<StaticParams<S>>, segments: &'static [Segment]) -> Option<Self> {
        let list = list.filter(|list| list.only_listed)?;
        Some(Self { list, segments, listing: Arc::default() })
    }

    /// Whether a path has params that are listed. They are listed when the first request comes, and once (RH-328).
    ///
    /// # Errors
    /// 404 when they are not, 500 when the function fails.
    pub(super) async fn admit(&self, path: &str, state: &Arc<S>) -> Result<(), Response> {
        let found = self.listing.found(|| self.list.list(state)).await.map_err(failure)?;
        match values(path, self.segments) {
            Some(values) if found.contains(&values) => Ok(()),
            _ => Err(Problem::new(StatusCode::NOT_FOUND).into_response()),
        }
    }
}

impl<S> Clone for OnlyListed<S> {
    fn clone(&self) -> Self {
        Self { list: self.list, segments: self.segments, listing: Arc::clone(&self.listing) }
    }
}

/// The values of a path's params, decoded. `None` with a broken escape, which has been refused before.
fn values(path: &str, segments: &[Segment]) -> Option<ParamValues> {
    let decoded = |segment: &str| path::decode(segment).map(std::borrow::Cow::into_owned);
    let params = segments.iter().enumerate().filter_map(|(index, segment)| match segment {
        Segment::Literal(_) => None,
        Segment::Param(_) => Some(decoded(path::segment(path, index)).map(|value| vec![value])),
        Segment::CatchAll(_) | Segment::OptionalCatchAll(_) => {
            let rest = path::rest(path, index).into_iter().flat_map(|rest| rest.split('/'));
            Some(rest.map(decoded).collect())
        }
    });
    params.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    const POST: &[Segment] = &[Segment::Literal("p"), Segment::Param("id")];
    const DOCS: &[Segment] =
        &[Segment::Param("lang"), Segment::Literal("docs"), Segment::OptionalCatchAll("path")];

    #[test]
    fn the_params_of_a_path_are_compared_decoded() {
        for (path, segments, expected) in [
            ("/p/7", POST, Some(vec![vec!["7"]])),
            ("/p/7/", POST, Some(vec![vec!["7"]])),
            ("/p/a%20b", POST, Some(vec![vec!["a b"]])),
            ("/p/%zz", POST, None),
            ("/en/docs", DOCS, Some(vec![vec!["en"], vec![]])),
            ("/en/docs/a/%E6%97%A5", DOCS, Some(vec![vec!["en"], vec!["a", "日"]])),
        ] {
            let expected = expected.map(|values| {
                let owned = |value: Vec<&str>| value.into_iter().map(str::to_owned).collect();
                values.into_iter().map(owned).collect::<ParamValues>()
            });
            assert_eq!(values(path, segments), expected, "{path}");
        }
    }

    #[tokio::test]
    async fn rh_318_what_is_not_listed_is_404_and_500_while_nobody_knows() {
        let listed = StaticParams::<()>::new(|_| {
            let values = ["7", "a b"].map(|value| vec![vec![value.to_owned()]]);
            Box::pin(std::future::ready(Ok(values.to_vec())))
        });
        let failing = StaticParams::<()>::new(|_| {
            Box::pin(std::future::ready(Err(Error::msg("the database is away"))))
        });
        assert!(OnlyListed::new(Some(listed), POST).is_none());
        for (list, path, expected) in [
            (listed, "/p/7", Ok(())),
            (listed, "/p/a%20b", Ok(())),
            (listed, "/p/8", Err(404)),
            (failing, "/p/7", Err(500)),
        ] {
            let only = OnlyListed::new(Some(list.only_listed()), POST).expect("nothing else");
            let admitted = only.admit(path, &Arc::new(())).await;
            assert_eq!(admitted.map_err(|it| it.status().as_u16()), expected, "{path}");
        }
    }
}
