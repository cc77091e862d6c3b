use std::{
    any::type_name, borrow::Cow, fmt, future::IntoFuture, marker::PhantomData, panic::Location,
    pin::Pin,
};

use bytes::Bytes;
use serde::{Serialize, de::DeserializeOwned};

use super::{Keep, Life, Made, Values, Wanted, canonical, names};
use crate::{
    Error, Result,
    cache::{Key, process},
};

/// What `compute` returns, kept for the next who asks with the same key.
///
/// ```
/// use bff::{Result, cache::cached};
/// # #[derive(Clone)] struct Db;
/// # impl Db { async fn page(&self, page: u32) -> Result<Vec<String>> { Ok(vec![]) } }
///
/// async fn posts(db: &Db, page: u32) -> Result<Vec<String>> {
///     let db = db.clone();
///     cached(("posts", page), async move || db.page(page).await)
///         .revalidate("60s")
///         .tags(["posts"])
///         .await
/// }
/// ```
///
/// The key is what makes two calls the same: a name for the function, and all that its result depends on. It can be
/// anything that serializes; values that serialize differently have different keys, and so have two types of result
/// (RH-283, RH-289). Variants that are `untagged`, and fields that are skipped, do not tell values apart. What belongs to
/// one user has the user in its key.
///
/// A release that changes what the result means, and not its name, changes the key as well: values of the old one are
/// read from Redis as long as they can be, unless `Sharing::release` keeps them apart.
///
/// The value is kept as JSON, in the memory of the process, and with the feature `redis` and `BFF_REDIS_URL` in that
/// Redis, for all instances. It is kept until a tag is revalidated (RH-286), or as [`revalidate`](Cached::revalidate)
/// and [`life`](Cached::life) say; when room is short, what nobody asks for goes first. Errors are not kept: of all who
/// wait for the same value each is told, and the next who asks tries again.
///
/// However many ask for a value at the same time, `compute` runs once in a process. It runs on a task of its own, to its
/// end, also when whoever asked has left; so it has nothing of the request but what it was given, no cookies and no
/// session (RH-290). When it is old the old value is returned at once, and the new one is made behind (RH-284).
///
/// While a handler that took [`Draft`](crate::draft::Draft) is in draft mode, nothing is read and nothing kept
/// (RH-288).
///
/// # Errors
/// What `compute` fails with; all who wait are told the same error. 500 when the key cannot be
/// serialized, when the value cannot be written as JSON and read again, or when a duration is none.
#[track_caller]
pub fn cached<T, E, Fut>(
    key: impl Serialize,
    compute: impl FnOnce() -> Fut + Send + 'static,
) -> Cached<T>
where
    T: Serialize + DeserializeOwned + 'static,
    E: Into<Error>,
    Fut: Future<Output = Result<T, E>> + Send + 'static,
{
    // With the type of the result, as two functions may have chosen one name.
    let key = canonical(&("function", type_name::<T>(), key)).map_err(Error::from);
    let compute = async move |life: Life| {
        let value = compute().await.map_err(Into::into)?;
        let json =
            serde_json::to_vec(&value).map_err(|error| unusable::<T>("written as", &error))?;
        Ok(Made { bytes: Bytes::from(json), keep: Keep::Yes(life), failure: None })
    };
    Cached {
        key,
        life: Ok(Life::UNTIL_REVALIDATED),
        tags: Vec::new(),
        compute: Box::new(move |life| Box::pin(compute(life))),
        at: Location::caller(),
        value: PhantomData,
    }
}

/// A call of [`cached`]. It does nothing before it is awaited.
#[must_use = "nothing is looked up or computed before it is awaited"]
pub struct Cached<T> {
    key: Result<Vec<u8>>,
    life: Result<Life>,
    tags: Vec<Cow<'static, str>>,
    compute: Box<dyn FnOnce(Life) -> Making + Send>,
    at: &'static Location<'static>,
    value: PhantomData<fn() -> T>,
}

type Making = Pin<Box<dyn Future<Output = Result<Made>> + Send>>;

impl<T> Cached<T> {
    /// For how long a value is good: a [`Duration`](std::time::Duration), a [`Life`], or a text as in an attribute,
    /// `"60s"`, `"5m"`, `"1d"`, `"none"` (RH-274).
    pub fn revalidate(mut self, period: impl Period) -> Self {
        self.life = period.life();
        self
    }

    /// The same by the name of a preset (RH-292).
    pub fn life(self, life: Life) -> Self {
        self.revalidate(life)
    }

    /// Names by which values are given up; see [`revalidate_tag`](crate::cache::revalidate_tag). As those of a handler
    /// they differ by case, and have 256 characters at most; one that is longer is left out, and logged (RH-297).
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        self.tags.extend(tags.into_iter().map(Into::into));
        self
    }
}

impl<T: DeserializeOwned> Cached<T> {
    /// The value, of these.
    pub(in crate::cache) async fn of(self, values: &'static Values) -> Result<T> {
        let Self { key, life, tags, compute, at, .. } = self;
        let (life, names) = (life?, names(&tags));
        let key = Key::of_value(&key?, &names);
        let reads = |json: &Bytes| serde_json::from_slice::<T>(json).is_ok();
        let wanted = Wanted { key, names, reads, at };
        let json = values.get(wanted, Box::new(move |_| compute(life))).await?;
        serde_json::from_slice(&json).map_err(|error| unusable::<T>("read as", &error))
    }

    /// What it asks for.
    #[cfg(test)]
    pub(super) fn wanted(&self) -> Option<Wanted> {
        let names = names(&self.tags);
        let key = Key::of_value(self.key.as_ref().ok()?, &names);
        Some(Wanted { key, names, reads: |_| true, at: self.at })
    }

    /// As if its type had the name of the other's.
    #[cfg(all(test, feature = "redis"))]
    pub(super) fn named_as<U>(&mut self, other: &Cached<U>) {
        if let Ok(key) = &other.key {
            self.key = Ok(key.clone());
        }
    }

    /// The value as it is now, of nobody.
    async fn alone(self) -> Result<T> {
        let json = (self.compute)(self.life?).await?.bytes;
        serde_json::from_slice(&json).map_err(|error| unusable::<T>("read as", &error))
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Cached<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            match process::is_draft() {
                true => self.alone().await,
                false => self.of(process::values()).await,
            }
        })
    }
}

/// What [`Cached::revalidate`] takes.
pub trait Period: sealed::Sealed {
    #[doc(hidden)]
    fn life(self) -> Result<Life>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Life {}
    impl Sealed for std::time::Duration {}
    impl Sealed for &str {}
}

impl Period for Life {
    fn life(self) -> Result<Life> {
        Ok(self)
    }
}

impl Period for std::time::Duration {
    fn life(self) -> Result<Life> {
        Ok(self.into())
    }
}

impl Period for &str {
    fn life(self) -> Result<Life> {
        Life::read(self).ok_or_else(|| {
            Error::msg(format_args!(
                "`{self}` is no time for which a value is kept; write \"60s\", \"5m\", \"1d\", at most \"365d\", or \
                 \"none\""
            ))
        })
    }
}

fn unusable<T>(how: &str, error: &serde_json::Error) -> Error {
    Error::msg(format_args!("a cached `{}` cannot be {how} JSON: {error}", type_name::<T>()))
}

impl<T> fmt::Debug for Cached<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached")
            .field("life", &self.life)
            .field("tags", &self.tags)
            .finish_non_exhaustive()
    }
}
