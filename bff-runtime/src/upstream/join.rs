use std::time::Duration;

use futures_util::future;
use tokio::time::timeout_at;

use super::{
    Partial,
    error::{Kind, UpstreamError},
    timeouts::after,
};
use crate::Error;

/// One of several things to wait for, with a name and a deadline of its own. Made by [`branch`].
#[derive(Debug)]
#[must_use = "a branch does nothing unless it is joined"]
pub struct Branch<F> {
    name: &'static str,
    within: Duration,
    future: F,
}

/// Something to wait for, and for how long at most; for [`join`].
pub fn branch<F, T, E>(name: &'static str, within: Duration, future: F) -> Branch<F>
where
    F: Future<Output = Result<T, E>>,
    E: Into<Error>,
{
    Branch { name, within, future }
}

impl<F, T, E> Branch<F>
where
    F: Future<Output = Result<T, E>>,
    E: Into<Error>,
{
    async fn run(self) -> Partial<T> {
        let Self { name, within, future } = self;
        let result = match timeout_at(after(within), future).await {
            Ok(result) => result.map_err(Into::into),
            Err(_) => Err(UpstreamError::new(Kind::Timeout, &name).into()),
        };
        if let Err(error) = &result {
            tracing::warn!(branch = name, "a part of an answer is missing: {error}");
        }
        Partial::new(name, result)
    }
}

/// Waits for several branches at once. Each brings its value or its error, and none ends the others: an answer
/// can be made of what there is.
///
/// ```no_run
/// use std::time::Duration;
/// use bff::{Json, Result, upstream::{Partial, Upstream, Value, branch, join}};
/// use serde::Serialize;
///
/// static USERS: Upstream = Upstream::from_env("USERS_URL");
/// static ORDERS: Upstream = Upstream::from_env("ORDERS_URL");
///
/// #[derive(Serialize)]
/// struct Home {
///     user: Value,
///     /// `null` when they could not be had in time.
///     orders: Partial<Vec<Value>>,
/// }
///
/// async fn home() -> Result<Json<Home>> {
///     let (user, orders) = join((
///         branch("user", Duration::from_secs(1), USERS.get("/me").fetch()),
///         branch("orders", Duration::from_millis(300), ORDERS.get("/latest").fetch()),
///     ))
///     .await;
///     Ok(Json(Home { user: user.required()?, orders }))
/// }
/// ```
///
/// Takes a tuple of two to six branches, or a `Vec` of branches of one type. When the handler is dropped, all of
/// them are.
pub async fn join<J: Join>(branches: J) -> J::Output {
    branches.join().await
}

/// What [`join`] can wait for: a tuple of branches or a `Vec` of them.
pub trait Join: sealed::Sealed {
    /// The [`Partial`] of each branch, in the same order.
    type Output;

    /// Waits for all of them.
    fn join(self) -> impl Future<Output = Self::Output> + Send;
}

mod sealed {
    pub trait Sealed {}
}

impl<F> sealed::Sealed for Vec<Branch<F>> {}

impl<F, T, E> Join for Vec<Branch<F>>
where
    F: Future<Output = Result<T, E>> + Send,
    T: Send,
    E: Into<Error> + Send,
{
    type Output = Vec<Partial<T>>;

    async fn join(self) -> Self::Output {
        future::join_all(self.into_iter().map(Branch::run)).await
    }
}

macro_rules! tuple {
    ($($branch:ident $future:ident $value:ident $error:ident),+) => {
        impl<$($future),+> sealed::Sealed for ($(Branch<$future>,)+) {}

        impl<$($future, $value, $error),+> Join for ($(Branch<$future>,)+)
        where
            $(
                $future: Future<Output = Result<$value, $error>> + Send,
                $value: Send,
                $error: Into<Error> + Send,
            )+
        {
            type Output = ($(Partial<$value>,)+);

            async fn join(self) -> Self::Output {
                let ($($branch,)+) = self;
                tokio::join!($($branch.run()),+)
            }
        }
    };
}

tuple!(a A TA EA, b B TB EB);
tuple!(a A TA EA, b B TB EB, c C TC EC);
tuple!(a A TA EA, b B TB EB, c C TC EC, d D TD ED);
tuple!(a A TA EA, b B TB EB, c C TC EC, d D TD ED, e E TE EE);
tuple!(a A TA EA, b B TB EB, c C TC EC, d D TD ED, e E TE EE, f F TF EF);
