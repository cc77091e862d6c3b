use std::{fmt::Debug, future::Future, pin::Pin, sync::Arc};

use super::{CacheError, Entry, Invalidation, Key, Name, Version};

/// What a [`SharedStore`] does not know at once.
pub(crate) type SharedFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What several instances share, behind the memory of each.
///
/// A request is answered from memory when its entry is there and good. The one that leads asks here before it runs the
/// handler, and puts here what it has made. What another instance gives up is told to
/// [`Marks::hear`](super::Marks::hear) as soon as it is heard of; an entry that comes from here is held against the marks
/// like any other, so its [`as_of`](Entry::as_of) is of a counter that all instances have in common.
pub(crate) trait SharedStore: Debug + Send + Sync {
    /// The entry of a key; `None` also when the store does not answer.
    fn get<'a>(&'a self, key: &'a Key) -> SharedFuture<'a, Option<Entry>>;

    /// Keeps an entry. One that cannot be kept is made anew by the next instance.
    fn set<'a>(&'a self, key: &'a Key, entry: Arc<Entry>) -> SharedFuture<'a, ()>;

    /// Forgets an entry.
    fn remove<'a>(&'a self, key: &'a Key) -> SharedFuture<'a, ()>;

    /// Gives up the entries of these names on every instance, and says when that was.
    fn mark<'a>(
        &'a self,
        names: &'a [Name],
        how: Invalidation,
    ) -> SharedFuture<'a, Result<Version, CacheError>>;

    /// What holds for requests now.
    fn standing(&self) -> Standing;
}

/// What holds for requests while a shared store is there, or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is there.
    Shared,
    /// It is away; the memory of this process goes on alone, without hearing of others.
    #[cfg(any(test, feature = "redis"))]
    Local,
    /// It is away, and so nothing is answered from memory: what others have given up is not known.
    Bypass,
}
