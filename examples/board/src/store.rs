//! Posts in memory. A real app has a database pool here; a handler takes it the same way.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

/// One post.
#[derive(Clone, Debug, Serialize)]
pub struct Post {
    /// Counted from 1.
    pub id: u64,
    /// One line.
    pub title: String,
}

/// All posts. A clone is another handle to the same ones.
#[derive(Clone, Debug, Default)]
pub struct Store(Arc<Mutex<BTreeMap<u64, Post>>>);

impl Store {
    /// Every post, oldest first.
    pub fn all(&self) -> Vec<Post> {
        self.posts().values().cloned().collect()
    }

    /// One post.
    pub fn one(&self, id: u64) -> Option<Post> {
        self.posts().get(&id).cloned()
    }

    /// Adds a post.
    pub fn add(&self, title: String) -> Post {
        let mut posts = self.posts();
        let id = posts.last_key_value().map_or(1, |(last, _)| last + 1);
        let post = Post { id, title };
        posts.insert(id, post.clone());
        post
    }

    /// Gives a post another title.
    pub fn rename(&self, id: u64, title: String) -> Option<Post> {
        let mut posts = self.posts();
        let post = posts.get_mut(&id)?;
        post.title = title;
        Some(post.clone())
    }

    /// Removes a post; false when there was none.
    pub fn remove(&self, id: u64) -> bool {
        self.posts().remove(&id).is_some()
    }

    /// A panic while the lock was held leaves whole posts behind, so the lock is still good.
    fn posts(&self) -> MutexGuard<'_, BTreeMap<u64, Post>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
