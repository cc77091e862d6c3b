use std::{error::Error, fmt, pin::Pin, sync::Arc, time::Duration};

/// What the methods of a [`SessionStore`] return.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Where the server keeps sessions, or what it has to remember of those that are in cookies.
///
/// A map from keys to bytes in which everything has its time. [`MemoryStore`](super::MemoryStore) is one for a single
/// process; several instances share a Redis (`bff::redis::Redis`, with the feature `redis`) or one of your own:
///
/// ```
/// use std::{collections::HashMap, sync::Mutex};
/// use bff::session::{Sessions, SessionStore, StoreFuture, StoreKey, Stored};
///
/// /// Stands for a table of a database.
/// #[derive(Debug, Default)]
/// struct Table(Mutex<HashMap<String, Vec<u8>>>);
///
/// impl SessionStore for Table {
///     fn load<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, Option<Vec<u8>>> {
///         Box::pin(async move { Ok(self.0.lock().unwrap().get(&key.to_string()).cloned()) })
///     }
///
///     fn insert<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, ()> {
///         Box::pin(async move {
///             self.0.lock().unwrap().insert(key.to_string(), stored.value.to_vec());
///             Ok(())
///         })
///     }
///
///     fn update<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, bool> {
///         Box::pin(async move {
///             let mut table = self.0.lock().unwrap();
///             let row = table.get_mut(&key.to_string());
///             Ok(row.map(|row| *row = stored.value.to_vec()).is_some())
///         })
///     }
///
///     fn remove<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, ()> {
///         Box::pin(async move {
///             self.0.lock().unwrap().remove(&key.to_string());
///             Ok(())
///         })
///     }
/// }
///
/// let sessions = Sessions::stored(Table::default());
/// ```
///
/// Keys are hashes and values hold no id, so a copy of the store is no copy of the sessions. The values are not
/// encrypted. Whoever shares a store shares its sessions and users: apps with users of their own need stores of their
/// own, or keys with a prefix.
pub trait SessionStore: fmt::Debug + Send + Sync + 'static {
    /// The value under this key, if its time is not over.
    ///
    /// # Errors
    /// When the store cannot say. The request is then answered 503: whoever has no session must not be taken for
    /// somebody who has, nor the other way round.
    fn load<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, Option<Vec<u8>>>;

    /// Keeps a value, in the place of any other.
    ///
    /// # Errors
    /// When it is not kept for sure, for want of room for instance.
    fn insert<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, ()>;

    /// Replaces a value that is there, and says whether one was. In one step: a session that has ended meanwhile must
    /// not come back to life.
    ///
    /// # Errors
    /// As those of [`insert`](Self::insert).
    fn update<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, bool>;

    /// Forgets a value. One that is not there is forgotten already.
    ///
    /// # Errors
    /// When it may still be there.
    fn remove<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, ()>;
}

/// The same store, for those who keep it to look into it.
impl<T: SessionStore + ?Sized> SessionStore for Arc<T> {
    fn load<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, Option<Vec<u8>>> {
        T::load(self, key)
    }

    fn insert<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, ()> {
        T::insert(self, key, stored)
    }

    fn update<'a>(&'a self, key: &'a StoreKey, stored: Stored<'a>) -> StoreFuture<'a, bool> {
        T::update(self, key, stored)
    }

    fn remove<'a>(&'a self, key: &'a StoreKey) -> StoreFuture<'a, ()> {
        T::remove(self, key)
    }
}

/// A value on its way into a [`SessionStore`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Stored<'a> {
    /// What is kept.
    pub value: &'a [u8],
    /// How long, from now.
    pub lifetime: Duration,
    /// Whether somebody has signed in for it. What nobody has signed in for goes first where room is short.
    pub has_user: bool,
}

/// Without the value, which is somebody's session.
impl fmt::Debug for Stored<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored")
            .field("length", &self.value.len())
            .field("lifetime", &self.lifetime)
            .field("has_user", &self.has_user)
            .finish()
    }
}

/// What a [`SessionStore`] keeps a value under: 256 bits, written in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoreKey([u8; 32]);

impl StoreKey {
    pub(super) fn new(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreKey({self})")
    }
}

/// A [`SessionStore`] that could not do what it was asked. The text is for the log; the client is told 503.
///
/// ```
/// use bff::session::StoreError;
///
/// assert_eq!(StoreError::new("connection refused").to_string(), "connection refused");
/// ```
#[derive(Debug)]
pub struct StoreError(Box<dyn Error + Send + Sync>);

impl StoreError {
    /// An error for this reason: a text, or the error of a client.
    pub fn new(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
